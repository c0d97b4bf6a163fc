import { describe, expect, it } from 'vitest';

import { orderWindowQuery } from './order-window.ts';

const NOW = Date.UTC(2026, 2, 6);
const DAY_MS = 24 * 60 * 60_000;

describe('orderWindowQuery', () => {
  it("writes times as Schwab's documents do", () => {
    expect(orderWindowQuery({ from: Date.UTC(2026, 0, 5), to: NOW }, NOW)).toEqual({
      fromEnteredTime: '2026-01-05T00:00:00.000Z',
      toEnteredTime: '2026-03-06T00:00:00.000Z',
      maxResults: '3000',
    });
  });

  it('reaches back 60 days and not a millisecond further', () => {
    expect(() => orderWindowQuery({ from: NOW - 60 * DAY_MS, to: NOW }, NOW)).not.toThrow();
    expect(() => orderWindowQuery({ from: NOW - 60 * DAY_MS - 1, to: NOW }, NOW)).toThrow('more than 60 days ago');
  });

  it.each([
    [{ from: NOW, to: NOW - 1 }, 'ends before it begins'],
    [{ from: Number.NaN, to: NOW }, 'whole ms'],
    [{ from: NOW, to: NOW + 0.5 }, 'whole ms'],
    [{ from: NOW, to: NOW, maxResults: 0 }, 'maxResults'],
  ])('refuses %j', (window, problem) => {
    expect(() => orderWindowQuery(window, NOW)).toThrow(problem);
  });
});
