import { describe, expect, it } from 'vitest';
import { isLoopbackHost, refusalOf } from './guard.ts';

describe('control calls', () => {
  it.each([
    { host: '127.0.0.1:4010' },
    { host: 'localhost:4010' },
    { host: '[::1]:4010' },
    { host: '127.0.0.1:4010', origin: 'http://127.0.0.1:4000' },
  ])('are taken from this machine: %j', (headers) => {
    expect(refusalOf(headers)).toBeNull();
  });

  it.each([
    { host: 'rebound.example:4010' },
    { host: '127.0.0.1.example:4010' },
    { host: '' },
    {},
    { host: '127.0.0.1:4010', origin: 'https://example.com' },
    { host: '127.0.0.1:4010', origin: 'http://localhost.example' },
    { host: '127.0.0.1:4010', origin: 'null' },
  ])('are refused from elsewhere: %j', (headers) => {
    expect(refusalOf(headers)).not.toBeNull();
  });
});

describe('hosts to listen on', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])('%s reaches this machine only', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each(['0.0.0.0', '::', '192.168.1.2', 'example.com'])('%s could be reached by others', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});
