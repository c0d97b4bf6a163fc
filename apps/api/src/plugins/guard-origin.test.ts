import { expect, it } from 'vitest';
import { isOwnHost, isOwnOrigin } from './guard-origin.ts';

const LOOPBACK = { apiHost: '127.0.0.1', localAddress: '127.0.0.1' };

it.each(['127.0.0.1:4000', 'localhost:4000', 'LocalHost', 'localhost', '[::1]:4000', '[::1]'])(
  'answers to %s, a name of loopback',
  (host) => {
    expect(isOwnHost(host, LOOPBACK)).toBe(true);
  },
);

it.each([
  undefined,
  '',
  'evil.example',
  'evil.example:4000',
  'localhost.evil.example:4000',
  '127.0.0.1.evil.example',
  'localhost@evil.example',
  'evil.example@localhost',
  'localhost:4000/path',
  'localhost:4000, evil.example',
  'localhost:port',
  '127.0.0.2:4000',
  '0.0.0.0:4000',
  '[::1',
  '2130706433',
  'localhost.',
])('does not answer to %j', (host) => {
  expect(isOwnHost(host, LOOPBACK)).toBe(false);
});

it('answers to the name that it is configured to listen on', () => {
  expect(isOwnHost('tracker.lan:4000', { apiHost: 'tracker.lan', localAddress: '192.0.2.7' })).toBe(true);
  expect(isOwnHost('[2001:db8::7]:4000', { apiHost: '2001:db8::7', localAddress: '2001:db8::7' })).toBe(true);
  expect(isOwnHost('other.lan:4000', { apiHost: 'tracker.lan', localAddress: '192.0.2.7' })).toBe(false);
});

it('on a wildcard, answers to the address that the connection came in at, and to no other name', () => {
  const server = { apiHost: '0.0.0.0', localAddress: '192.0.2.7' };
  expect(isOwnHost('192.0.2.7:4000', server)).toBe(true);
  expect(isOwnHost('192.0.2.7:4000', { apiHost: '::', localAddress: '::ffff:192.0.2.7' })).toBe(true);
  expect(isOwnHost('[2001:db8::7]:4000', { apiHost: '::', localAddress: '2001:db8::7' })).toBe(true);
  expect(isOwnHost('192.0.2.8:4000', server)).toBe(false);
  expect(isOwnHost('rebound.example:4000', server)).toBe(false);
});

it('takes the origin of its own pages, and requests without one', () => {
  expect(isOwnOrigin('http://127.0.0.1:4000', '127.0.0.1:4000')).toBe(true);
  expect(isOwnOrigin('https://LOCALHOST', 'localhost')).toBe(true);
  expect(isOwnOrigin(undefined, '127.0.0.1:4000')).toBe(true);
});

it.each([
  'null',
  '',
  'http://evil.example',
  'http://127.0.0.1:3000',
  'http://localhost:4000',
  'http://127.0.0.1:4000.evil.example',
  'http://127.0.0.1:4000/',
  'http://user@127.0.0.1:4000',
  'file://127.0.0.1:4000',
  'http://127.0.0.1:4000 http://evil.example',
])('refuses the origin %j', (origin) => {
  expect(isOwnOrigin(origin, '127.0.0.1:4000')).toBe(false);
});
