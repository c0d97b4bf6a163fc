import { HOUR, type Instant, MINUTE } from '../instant.ts';
import type { MarketCalendar } from '../market/market-calendar.ts';
import { sessionBefore } from '../market/market-moment.ts';
import { tradingDateAt } from '../market/trading-date.ts';

/** The range of entered times that one list call covers. */
export interface PollWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** Orders entered just before midnight stay in the list for a while after it. */
const OVERLAP_MS = 2 * HOUR;

/** The broker's clock may run ahead of ours. */
const CLOCK_MARGIN_MS = 5 * MINUTE;

/**
 * The window that holds every order of the current trading date: from the close of the session before it, because
 * orders entered after that close, or over a weekend, belong to the next session.
 */
export function pollWindow(calendar: MarketCalendar, now: Instant): PollWindow {
  const before = sessionBefore(calendar, tradingDateAt(now));
  const from = Math.min(before?.close ?? now - OVERLAP_MS, now - OVERLAP_MS);
  return { from, to: now + CLOCK_MARGIN_MS };
}

/** True when a list call over this window must show an order entered then. */
export function windowCovers(window: PollWindow, enteredAt: Instant): boolean {
  return enteredAt >= window.from && enteredAt <= window.to;
}
