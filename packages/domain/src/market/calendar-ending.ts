import { DateTime } from 'luxon';
import type { Instant } from '../instant.ts';
import type { MarketCalendar } from './market-calendar.ts';
import { type TradingDate, tradingDateAt } from './trading-date.ts';

/** Enough to install a newer version in peace. */
const WARN_DAYS_AHEAD = 90;

/** How long a calendar's rules still hold. */
export interface CalendarEnding {
  readonly validThrough: TradingDate;
  /** Whole days from today; negative once they are over. */
  readonly daysLeft: number;
}

/** Null while the built-in rules of a calendar hold for more than 90 days, or for ever. */
export function calendarEnding({ validThrough }: MarketCalendar, now: Instant): CalendarEnding | null {
  if (validThrough === null) return null;
  const from = DateTime.fromISO(tradingDateAt(now), { zone: 'utc' });
  const daysLeft = DateTime.fromISO(validThrough, { zone: 'utc' }).diff(from, 'days').days;
  return daysLeft <= WARN_DAYS_AHEAD ? { validThrough, daysLeft } : null;
}
