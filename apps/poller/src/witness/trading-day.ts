import {
  EXCHANGE_ZONE,
  HOUR,
  type Instant,
  type MarketCalendar,
  type PollWindow,
  type TradingDate,
  tradingDateAt,
} from '@fill-tracker/domain';
import { DateTime } from 'luxon';

/** A New York date as a window of instants, its last millisecond included: 23 to 25 hours. */
export interface TradingDay extends PollWindow {
  readonly date: TradingDate;
}

/** Null when the text is no date. */
export function tradingDay(date: string): TradingDay | null {
  const start = DateTime.fromFormat(date, 'yyyy-MM-dd', { zone: EXCHANGE_ZONE });
  return start.isValid ? { date, from: start.toMillis(), to: start.plus({ days: 1 }).toMillis() - 1 } : null;
}

const LOOK_BACK_DAYS = 14;

/**
 * The date of the last session that is over, late trading included. Today where no session ever ends, as in a market
 * that is always open.
 */
export function lastFinishedDate(calendar: MarketCalendar, now: Instant): TradingDate {
  const today = tradingDateAt(now);
  const session = calendar.sessionOn(today);
  const next = calendar.sessionOn(tradingDateAt(now + 24 * HOUR));
  if (session !== null && session.postClose === next?.preOpen) return today;
  for (let back = 0; back <= LOOK_BACK_DAYS; back += 1) {
    const date = DateTime.fromISO(today, { zone: 'utc' }).minus({ days: back }).toFormat('yyyy-MM-dd');
    const past = calendar.sessionOn(date);
    if (past !== null && past.postClose <= now) return date;
  }
  return today;
}

export function isWithin({ from, to }: PollWindow, at: Instant): boolean {
  return at >= from && at <= to;
}
