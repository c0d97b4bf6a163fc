import { describe, expect, it } from 'vitest';
import { readOrderWindow } from './order-window.ts';

const NOW = Date.parse('2026-01-05T12:00:00Z');
const WINDOW = { fromEnteredTime: '2026-01-05T00:00:00.000Z', toEnteredTime: '2026-01-05T23:59:59.000Z' };

function read(query: Record<string, string>) {
  return readOrderWindow(new URLSearchParams(query), NOW);
}

describe('the window of a list call', () => {
  it('reads both ends, and 3,000 rows unless told otherwise', () => {
    expect(read(WINDOW)).toEqual({
      from: Date.parse('2026-01-05T00:00:00Z'),
      to: Date.parse('2026-01-05T23:59:59Z'),
      status: null,
      maxResults: 3_000,
    });
    expect(read({ ...WINDOW, maxResults: '5', status: 'FILLED' })).toMatchObject({ maxResults: 5, status: 'FILLED' });
  });

  it.each(['2026-01-05T00:00:00Z', '2026-01-05T00:00:00+0000', '2026-01-04T19:00:00.000-05:00'])(
    'takes %s',
    (fromEnteredTime) => {
      expect(read({ ...WINDOW, fromEnteredTime })).toMatchObject({ from: Date.parse('2026-01-05T00:00:00Z') });
    },
  );

  it('reaches back sixty days and no more', () => {
    expect(read({ ...WINDOW, fromEnteredTime: '2025-11-06T12:00:00.000Z' })).toBeTypeOf('object');
    expect(read({ ...WINDOW, fromEnteredTime: '2025-11-05T12:00:00.000Z' })).toContain('60 days');
  });

  it.each([
    ['fromEnteredTime', { toEnteredTime: WINDOW.toEnteredTime }],
    ['toEnteredTime', { fromEnteredTime: WINDOW.fromEnteredTime }],
    ['fromEnteredTime', { ...WINDOW, fromEnteredTime: '2026-01-05' }],
    ['toEnteredTime', { ...WINDOW, toEnteredTime: '2026-13-45T00:00:00Z' }],
    ['before', { ...WINDOW, toEnteredTime: '2026-01-04T00:00:00Z' }],
    ['maxResults', { ...WINDOW, maxResults: '0' }],
    ['maxResults', { ...WINDOW, maxResults: 'all' }],
  ])('refuses with a message on %s: %j', (word, query) => {
    expect(read(query)).toContain(word);
  });
});
