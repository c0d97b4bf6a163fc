import { describe, expect, it } from 'vitest';
import { marketHours, newYorkDate } from './market-hours.ts';

describe('marketHours', () => {
  it('gives an open day with the offset of New York', () => {
    expect(marketHours('equity', '2025-07-21')).toEqual({
      EQ: {
        date: '2025-07-21',
        marketType: 'EQUITY',
        product: 'EQ',
        productName: 'equity',
        isOpen: true,
        sessionHours: {
          preMarket: [{ start: '2025-07-21T07:00:00-04:00', end: '2025-07-21T09:30:00-04:00' }],
          regularMarket: [{ start: '2025-07-21T09:30:00-04:00', end: '2025-07-21T16:00:00-04:00' }],
          postMarket: [{ start: '2025-07-21T16:00:00-04:00', end: '2025-07-21T20:00:00-04:00' }],
        },
      },
    });
  });

  it.each([
    ['2025-03-07', '-05:00'],
    ['2025-03-10', '-04:00'],
    ['2025-10-31', '-04:00'],
    ['2025-11-03', '-05:00'],
  ])('on %s the offset is %s', (date, offset) => {
    expect(JSON.stringify(marketHours('option', date))).toContain(`"${date}T16:15:00${offset}"`);
  });

  it('names the market in lower case, without hours, on a closed day', () => {
    expect(marketHours('equity', '2025-07-20')).toEqual({
      equity: { date: '2025-07-20', marketType: 'EQUITY', product: 'equity', isOpen: false },
    });
  });
});

describe('newYorkDate', () => {
  it('is still the day before when the UTC day has begun', () => {
    expect(newYorkDate(Date.parse('2025-07-22T03:59:00Z'))).toBe('2025-07-21');
    expect(newYorkDate(Date.parse('2025-07-22T04:00:00Z'))).toBe('2025-07-22');
  });
});
