import { expect, it } from 'vitest';
import { POLLER_ENVIRONMENT } from './environment.ts';

it('discovers orders unless told otherwise', () => {
  expect(POLLER_ENVIRONMENT.parse({}).DISCOVER_ORDERS).toBe(true);
  expect(POLLER_ENVIRONMENT.parse({ DISCOVER_ORDERS: 'off' }).DISCOVER_ORDERS).toBe(false);
});

it.each(['ab'.repeat(32), Buffer.alloc(32, 7).toString('base64')])('takes the key %s', (key) => {
  expect(POLLER_ENVIRONMENT.parse({ TOKEN_ENCRYPTION_KEY: key }).TOKEN_ENCRYPTION_KEY).toBe(key);
});

it.each(['canary', 'ab'.repeat(31), Buffer.alloc(31).toString('base64')])(
  'refuses the key %s, never repeating it',
  (key) => {
    const parse = () => POLLER_ENVIRONMENT.parse({ TOKEN_ENCRYPTION_KEY: key });
    expect(parse).toThrow(/ {2}TOKEN_ENCRYPTION_KEY must be 32 bytes as 64 hex digits or as base64$/);
  },
);
