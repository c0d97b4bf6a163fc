import type { MarketCalendar, TradingSession } from './market-calendar.ts';
import { nyseSpecialDays, type SpecialDay } from './nyse-holidays.ts';
import { instantAt, type TradingDate, weekdayOf } from './trading-date.ts';

/** Wall-clock times in New York. Schwab's extended sessions run from 07:00 to 20:00 (facts of its market hours). */
export interface MarketHours {
  readonly preOpen: string;
  readonly open: string;
  readonly close: string;
  readonly postClose: string;
}

export const US_EQUITY_HOURS: MarketHours = { preOpen: '07:00', open: '09:30', close: '16:00', postClose: '20:00' };

/** On early-close days the regular session ends at 13:00 and late trading at 17:00. */
const EARLY_CLOSE = '13:00';
const EARLY_POST_CLOSE = '17:00';

/** The rules were compared with the exchange's published calendars up to this date. */
export const NYSE_VALID_THROUGH: TradingDate = '2028-12-31';

/** The US equity market by built-in NYSE rules. `hours` lets an owner poll by other hours than the exchange's. */
export function usEquities(hours: MarketHours = US_EQUITY_HOURS): MarketCalendar {
  const years = new Map<string, ReadonlyMap<TradingDate, SpecialDay>>();
  const specialDay = (date: TradingDate): SpecialDay | undefined => {
    const year = date.slice(0, 4);
    const days = years.get(year) ?? new Map(nyseSpecialDays(Number(year)).map((day) => [day.date, day]));
    years.set(year, days);
    return days.get(date);
  };
  return {
    name: 'US equities (NYSE rules)',
    validThrough: NYSE_VALID_THROUGH,
    sessionOn(date) {
      const special = specialDay(date);
      if (weekdayOf(date) > 5 || special?.kind === 'closed') return null;
      return sessionOf(date, hours, special?.kind === 'early-close');
    },
  };
}

function sessionOf(date: TradingDate, hours: MarketHours, isEarlyClose: boolean): TradingSession {
  return {
    date,
    preOpen: instantAt(date, hours.preOpen),
    open: instantAt(date, hours.open),
    close: instantAt(date, isEarlyClose ? earlier(EARLY_CLOSE, hours.close) : hours.close),
    postClose: instantAt(date, isEarlyClose ? earlier(EARLY_POST_CLOSE, hours.postClose) : hours.postClose),
    isEarlyClose,
  };
}

/** An owner's own hours may end before the exchange's early close. Wall-clock texts compare as times. */
function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
