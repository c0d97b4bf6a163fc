import { describe, expect, it } from 'vitest';

import { kindOfStatus } from './errors.ts';

describe('kindOfStatus', () => {
  it.each([
    [200, 'ok'],
    [201, 'ok'],
    [302, 'server'],
    [400, 'bad-request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [422, 'bad-request'],
    [429, 'rate-limited'],
    [500, 'server'],
    [503, 'server'],
  ])('%i is %s', (status, kind) => {
    expect(kindOfStatus(status)).toBe(kind);
  });
});
