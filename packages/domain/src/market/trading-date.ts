import { DateTime } from 'luxon';
import type { Instant } from '../instant.ts';

/** A calendar day as New York reads it, `2026-01-05`. */
export type TradingDate = string;

/** Where the exchange is. The only place besides screens where this zone matters. */
export const EXCHANGE_ZONE = 'America/New_York';

/** The calendar day of a luxon time, as that time's own zone reads it. */
export function dateText(time: DateTime): TradingDate {
  return time.toFormat('yyyy-MM-dd');
}

export function tradingDateAt(at: Instant): TradingDate {
  return dateText(DateTime.fromMillis(at, { zone: EXCHANGE_ZONE }));
}

/** The instant of a wall-clock time (`09:30`) in New York on a date, whatever the offset is that day. */
export function instantAt(date: TradingDate, wallClock: string): Instant {
  return DateTime.fromISO(`${date}T${wallClock}`, { zone: EXCHANGE_ZONE }).toMillis();
}

export function addDays(date: TradingDate, days: number): TradingDate {
  return dateText(DateTime.fromISO(date, { zone: 'utc' }).plus({ days }));
}

/** ISO weekday, Monday 1 to Sunday 7. */
export function weekdayOf(date: TradingDate): number {
  return DateTime.fromISO(date, { zone: 'utc' }).weekday;
}
