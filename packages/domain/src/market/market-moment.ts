import type { Instant } from '../instant.ts';
import type { MarketCalendar, TradingSession } from './market-calendar.ts';
import { addDays, type TradingDate, tradingDateAt } from './trading-date.ts';

export type MarketPhase = 'pre' | 'regular' | 'post' | 'closed';

/** Where the market stands at an instant. */
export interface MarketMoment {
  readonly phase: MarketPhase;
  /** The session of the current New York date; null on weekends and holidays. */
  readonly session: TradingSession | null;
  /** When the phase changes next, and to what; null when nothing changes within two weeks (a market always open). */
  readonly nextChange: { readonly at: Instant; readonly phase: MarketPhase } | null;
}

const LOOK_AHEAD_DAYS = 14;

/** The phase at an instant and its next change. A phase holds from its first instant up to, not including, its end. */
export function marketMoment(calendar: MarketCalendar, now: Instant): MarketMoment {
  const today = tradingDateAt(now);
  const phase = phaseAt(calendar, now);
  const session = calendar.sessionOn(today);
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const boundaries = boundariesOf(calendar.sessionOn(addDays(today, ahead)));
    const at = boundaries.find((boundary) => boundary > now && phaseAt(calendar, boundary) !== phase);
    if (at !== undefined) return { phase, session, nextChange: { at, phase: phaseAt(calendar, at) } };
  }
  return { phase, session, nextChange: null };
}

function phaseAt(calendar: MarketCalendar, now: Instant): MarketPhase {
  const session = calendar.sessionOn(tradingDateAt(now));
  if (session === null || now < session.preOpen || now >= session.postClose) return 'closed';
  if (now < session.open) return 'pre';
  return now < session.close ? 'regular' : 'post';
}

function boundariesOf(session: TradingSession | null): readonly Instant[] {
  return session === null ? [] : [session.preOpen, session.open, session.close, session.postClose];
}

const LOOK_BACK_DAYS = 14;

/** The last session strictly before a date; null when there is none within two weeks. */
export function sessionBefore(calendar: MarketCalendar, date: TradingDate): TradingSession | null {
  for (let back = 1; back <= LOOK_BACK_DAYS; back += 1) {
    const session = calendar.sessionOn(addDays(date, -back));
    if (session !== null) return session;
  }
  return null;
}
