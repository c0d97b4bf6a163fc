import { EXCHANGE_ZONE, type Instant, type TradingDate } from '@fill-tracker/domain';
import { DateTime } from 'luxon';

/** The first instant of a New York date, and of the next one: 23 to 25 hours later. */
export function tradingDay(date: TradingDate): { readonly from: Instant; readonly before: Instant } {
  const start = DateTime.fromISO(date, { zone: EXCHANGE_ZONE });
  return { from: start.toMillis(), before: start.plus({ days: 1 }).toMillis() };
}
