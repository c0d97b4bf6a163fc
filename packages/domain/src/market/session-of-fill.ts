import { type Instant, SECOND } from '../instant.ts';
import type { MarketCalendar } from './market-calendar.ts';
import { addDays, tradingDateAt } from './trading-date.ts';

/**
 * True when no session, pre-market and post-market trading included, holds a fill of that time. An alarm, no proof:
 * some securities trade overnight, in sessions that this calendar may not have.
 *
 * Broker times are cut to whole seconds, so the very second of an opening or of an end counts as inside.
 *
 * @param occurredAt broker time, whole seconds; a stray fraction is cut off
 */
export function isOutsideAnySession(occurredAt: Instant, calendar: MarketCalendar): boolean {
  const second = Math.floor(occurredAt / SECOND) * SECOND;
  const date = tradingDateAt(second);
  // A session may run over midnight into the next date.
  return ![addDays(date, -1), date].some((day) => {
    const session = calendar.sessionOn(day);
    return session !== null && second >= session.preOpen && second <= session.postClose;
  });
}
