import { describe, expect, it } from 'vitest';

import { MAX_RETRY_AFTER_MS, readRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 5, 15, 0, 0);

describe('readRetryAfter', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['no wait at all', '0', 0],
    ['an HTTP date', 'Mon, 05 Jan 2026 15:00:20 GMT', 20_000],
    ['a date gone by', 'Mon, 05 Jan 2026 14:00:00 GMT', 0],
    ['a day', '86400', MAX_RETRY_AFTER_MS],
    ['a date next year', 'Tue, 05 Jan 2027 15:00:00 GMT', MAX_RETRY_AFTER_MS],
    ['nonsense', 'soon', null],
    ['a negative number', '-5', null],
    ['an empty header', '', null],
    ['no header', null, null],
  ])('reads %s', (_what, header, ms) => {
    expect(readRetryAfter(header, NOW)).toBe(ms);
  });
});
