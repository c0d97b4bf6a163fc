import { expect, it } from 'vitest';
import { tracesOf } from './traces-of-secrets.ts';

const SECRET = 'C0.canary/code+1@';

it.each([
  ['plain', SECRET],
  ['in a query', `?code=${encodeURIComponent(SECRET)}&state=1`],
  ['in a query in a query', encodeURIComponent(`?code=${encodeURIComponent(SECRET)}`)],
  ['in hex', Buffer.from(SECRET).toString('hex')],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['in base64 behind one byte', Buffer.from(`x${SECRET}yz`).toString('base64')],
  ['in base64 behind two bytes', Buffer.from(`xx${SECRET}y`).toString('base64')],
  ['in base64 behind an app key', Buffer.from(`Basic app-key:${SECRET}`).toString('base64url')],
])('finds a secret %s', (_how, text) => {
  expect(tracesOf([SECRET], { log: `before ${text} after` })).toEqual(['C0.can... in log']);
});

it('finds none where none is', () => {
  expect(tracesOf([SECRET], { log: 'C0.canary is not the whole of it' })).toEqual([]);
});
