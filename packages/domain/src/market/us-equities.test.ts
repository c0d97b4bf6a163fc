import { describe, expect, it } from 'vitest';
import type { TradingSession } from './market-calendar.ts';
import { addDays } from './trading-date.ts';
import { NYSE_VALID_THROUGH, US_EQUITY_HOURS, usEquities } from './us-equities.ts';

const calendar = usEquities();

/** The session's boundaries in UTC, `HH:mm`, with the date where it is another one. */
function utc(session: TradingSession | null): readonly string[] | null {
  if (session === null) return null;
  return [session.preOpen, session.open, session.close, session.postClose].map((at) => {
    const text = new Date(at).toISOString();
    return text.startsWith(session.date) ? text.slice(11, 16) : text.slice(0, 16);
  });
}

describe('usEquities', () => {
  it('opens at 09:30 and closes at 16:00 in New York', () => {
    expect(utc(calendar.sessionOn('2026-01-05'))).toEqual(['12:00', '14:30', '21:00', '2026-01-06T01:00']);
    expect(calendar.sessionOn('2026-01-05')).toMatchObject({ date: '2026-01-05', isEarlyClose: false });
  });

  it.each([
    ['the Friday before the clocks go forward', '2026-03-06', '14:30', '21:00'],
    ['the Monday after', '2026-03-09', '13:30', '20:00'],
    ['the Friday before the clocks go back', '2026-10-30', '13:30', '20:00'],
    ['the Monday after', '2026-11-02', '14:30', '21:00'],
  ])('keeps to New York time on %s', (_name, date, open, close) => {
    expect(utc(calendar.sessionOn(date))?.slice(1, 3)).toEqual([open, close]);
  });

  it('closes at 13:00, and late trading at 17:00, on an early-close day', () => {
    expect(utc(calendar.sessionOn('2026-11-27'))).toEqual(['12:00', '14:30', '18:00', '22:00']);
    expect(calendar.sessionOn('2026-11-27')?.isEarlyClose).toBe(true);
  });

  it.each([
    ['a Saturday', '2026-01-03'],
    ['a Sunday', '2026-01-04'],
    ['the Sunday on which the clocks change', '2026-03-08'],
    ['a holiday', '2026-06-19'],
    ['a holiday kept on a Friday', '2027-12-24'],
    ['a day of mourning', '2025-01-09'],
  ])('has no session on %s', (_name, date) => {
    expect(calendar.sessionOn(date)).toBeNull();
  });

  it.each([
    ['the last day of 2027, since a New Year on a Saturday is not kept', '2027-12-31'],
    ['2 July 2026, though the holiday is kept on the 3rd', '2026-07-02'],
    ['Columbus Day', '2026-10-12'],
    ['Veterans Day', '2026-11-11'],
  ])('trades a full day on %s', (_name, date) => {
    expect(calendar.sessionOn(date)?.isEarlyClose).toBe(false);
  });

  it('has as many sessions in each year as the exchange announced', () => {
    const sessions = (year: number): number => {
      let count = 0;
      for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
        if (calendar.sessionOn(date) !== null) count += 1;
      }
      return count;
    };
    expect([2025, 2026, 2027, 2028].map(sessions)).toEqual([250, 251, 251, 251]);
  });

  it('says until when its rules were checked', () => {
    expect(calendar.validThrough).toBe(NYSE_VALID_THROUGH);
  });

  it('keeps an owner to hours of their own, also where they end before an early close', () => {
    const own = usEquities({ ...US_EQUITY_HOURS, open: '10:00', close: '12:00', postClose: '14:00' });
    expect(utc(own.sessionOn('2026-01-05'))).toEqual(['12:00', '15:00', '17:00', '19:00']);
    expect(utc(own.sessionOn('2026-11-27'))).toEqual(['12:00', '15:00', '17:00', '19:00']);
  });
});
