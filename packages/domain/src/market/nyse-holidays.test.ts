import { describe, expect, it } from 'vitest';
import { nyseSpecialDays } from './nyse-holidays.ts';

/** The NYSE Group's published calendars of 2024-11-08 and 2025-12-23, and the closure of 2025-01-09. */
const PUBLISHED: Readonly<Record<number, readonly string[]>> = {
  2025: [
    '2025-01-01 closed',
    '2025-01-09 closed',
    '2025-01-20 closed',
    '2025-02-17 closed',
    '2025-04-18 closed',
    '2025-05-26 closed',
    '2025-06-19 closed',
    '2025-07-03 early-close',
    '2025-07-04 closed',
    '2025-09-01 closed',
    '2025-11-27 closed',
    '2025-11-28 early-close',
    '2025-12-24 early-close',
    '2025-12-25 closed',
  ],
  2026: [
    '2026-01-01 closed',
    '2026-01-19 closed',
    '2026-02-16 closed',
    '2026-04-03 closed',
    '2026-05-25 closed',
    '2026-06-19 closed',
    '2026-07-03 closed',
    '2026-09-07 closed',
    '2026-11-26 closed',
    '2026-11-27 early-close',
    '2026-12-24 early-close',
    '2026-12-25 closed',
  ],
  2027: [
    '2027-01-01 closed',
    '2027-01-18 closed',
    '2027-02-15 closed',
    '2027-03-26 closed',
    '2027-05-31 closed',
    '2027-06-18 closed',
    '2027-07-05 closed',
    '2027-09-06 closed',
    '2027-11-25 closed',
    '2027-11-26 early-close',
    '2027-12-24 closed',
  ],
  2028: [
    '2028-01-17 closed',
    '2028-02-21 closed',
    '2028-04-14 closed',
    '2028-05-29 closed',
    '2028-06-19 closed',
    '2028-07-03 early-close',
    '2028-07-04 closed',
    '2028-09-04 closed',
    '2028-11-23 closed',
    '2028-11-24 early-close',
    '2028-12-25 closed',
  ],
};

describe('nyseSpecialDays', () => {
  it.each(Object.entries(PUBLISHED))('agrees with the calendar published for %s, day by day', (year, published) => {
    expect(nyseSpecialDays(Number(year)).map(({ date, kind }) => `${date} ${kind}`)).toEqual(published);
  });

  it('keeps a New Year on a Sunday on the Monday after', () => {
    expect(nyseSpecialDays(2023)[0]).toEqual({ date: '2023-01-02', name: 'New Year', kind: 'closed' });
  });

  it('names every day', () => {
    expect(nyseSpecialDays(2026).every(({ name }) => name.length > 0)).toBe(true);
  });
});
