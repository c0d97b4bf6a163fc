import { describe, expect, it } from 'vitest';
import { marketDaySchema } from './market-days.ts';
import { marketHours, type MarketName, newYorkDate } from './market-hours.ts';

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

describe('a day that differs', () => {
  const day = (change: object) => marketDaySchema.parse({ date: '2025-11-28', ...change });
  const hours = (market: MarketName, change: object) => JSON.stringify(marketHours(market, '2025-11-28', day(change)));

  it('is closed in the form of a weekend', () => {
    const closed = { date: '2025-11-28', marketType: 'OPTION', product: 'option', isOpen: false };
    expect(marketHours('option', '2025-11-28', day({ isOpen: false }))).toEqual({ option: closed });
  });

  it('closes early, and trading after hours begins then', () => {
    const early = hours('equity', { regularEnd: '13:00', postEnd: '17:00' });
    expect(early).toContain(
      '"regularMarket":[{"start":"2025-11-28T09:30:00-05:00","end":"2025-11-28T13:00:00-05:00"}]',
    );
    expect(early).toContain('"postMarket":[{"start":"2025-11-28T13:00:00-05:00","end":"2025-11-28T17:00:00-05:00"}]');
    expect(hours('option', { regularEnd: '13:00' })).not.toContain('16:');
  });

  it('is as usual in all that was not set', () => {
    expect(hours('equity', {})).toBe(JSON.stringify(marketHours('equity', '2025-11-28')));
  });

  it('can be a Saturday with trading', () => {
    const saturday = marketDaySchema.parse({ date: '2025-11-29' });
    expect(JSON.stringify(marketHours('equity', '2025-11-29', saturday))).toContain('"isOpen":true');
  });
});

describe('newYorkDate', () => {
  it('is still the day before when the UTC day has begun', () => {
    expect(newYorkDate(Date.parse('2025-07-22T03:59:00Z'))).toBe('2025-07-21');
    expect(newYorkDate(Date.parse('2025-07-22T04:00:00Z'))).toBe('2025-07-22');
  });
});
