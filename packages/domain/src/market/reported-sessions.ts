import type { MarketCalendar, TradingSession } from './market-calendar.ts';
import type { TradingDate } from './trading-date.ts';

/** What the broker itself says of a date: its session, or null when the market is closed that day. */
export type ReportedSessions = ReadonlyMap<TradingDate, TradingSession | null>;

/** The broker's word for the dates it spoke of, over the built-in rules for the rest. */
export function withReportedSessions(calendar: MarketCalendar, reported: ReportedSessions): MarketCalendar {
  return {
    name: `${calendar.name}, with the broker's own hours`,
    validThrough: calendar.validThrough,
    sessionOn(date) {
      const session = reported.get(date);
      return session === undefined ? calendar.sessionOn(date) : session;
    },
  };
}
