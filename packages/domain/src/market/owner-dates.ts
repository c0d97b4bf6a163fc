import type { MarketCalendar, TradingSession } from './market-calendar.ts';
import { instantAt, type TradingDate } from './trading-date.ts';

/** What the owner knows of single dates that no rule foretells, such as a day of mourning. */
export interface OwnerDates {
  readonly closed: ReadonlySet<TradingDate>;
  /** When regular trading ends on a date, New York time such as `13:00`. */
  readonly earlyCloses: ReadonlyMap<TradingDate, string>;
}

export const NO_OWNER_DATES: OwnerDates = { closed: new Set(), earlyCloses: new Map() };

/** The owner's word for single dates, over everything else. */
export function withOwnerDates(calendar: MarketCalendar, { closed, earlyCloses }: OwnerDates): MarketCalendar {
  if (closed.size + earlyCloses.size === 0) return calendar;
  return {
    name: `${calendar.name}, with your own dates`,
    validThrough: calendar.validThrough,
    sessionOn(date) {
      const session = closed.has(date) ? null : calendar.sessionOn(date);
      const closeTime = earlyCloses.get(date);
      return session === null || closeTime === undefined ? session : closingEarly(session, closeTime);
    },
  };
}

/** Late trading lasts as long as on other days. A time outside the session is no early close. */
function closingEarly(session: TradingSession, closeTime: string): TradingSession {
  const close = instantAt(session.date, closeTime);
  if (close <= session.open || close >= session.close) return session;
  return { ...session, close, postClose: close + (session.postClose - session.close), isEarlyClose: true };
}
