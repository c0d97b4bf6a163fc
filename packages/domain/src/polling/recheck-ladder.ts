import { HOUR, type Instant, MINUTE, SECOND } from '../instant.ts';
import type { MarketCalendar, TradingSession } from '../market/market-calendar.ts';
import { addDays, type TradingDate, tradingDateAt } from '../market/trading-date.ts';

/** A fill that the broker reports late mostly comes within seconds; a wrong report is mostly mended within minutes. */
const FIRST_RUNGS_MS = [30 * SECOND, 5 * MINUTE];

/** The broker cleans up after the close: late cancels, expiries, corrections. Half an hour lets it finish. */
const AFTER_CLOSE_MS = 30 * MINUTE;

const LOOK_AHEAD_DAYS = 14;

/**
 * When to look once more at an order that ended with proof: terminal is not final, a broker corrects itself.
 *
 * The rungs: 30 s and 5 min after it settled; half an hour after the close of that trading date, or after the end
 * of late trading when that close is past; and the morning of the next session, once the night's corrections are in.
 *
 * @param settledAt when the record took it as ended
 * @param after when it was looked at last, at `settledAt` or later
 * @returns the first rung strictly after `after`; null when all have passed.
 */
export function nextRecheckAt(settledAt: Instant, after: Instant, calendar: MarketCalendar): Instant | null {
  const left = rungsOf(settledAt, calendar).filter((rung) => rung > after);
  return left.length === 0 ? null : Math.min(...left);
}

function rungsOf(settledAt: Instant, calendar: MarketCalendar): readonly Instant[] {
  const first = FIRST_RUNGS_MS.map((ms) => settledAt + ms);
  const soonest = Math.max(...first);
  const date = tradingDateAt(settledAt);
  const today = calendar.sessionOn(date);
  const afterClose = today === null ? [] : [today.close + AFTER_CLOSE_MS, today.postClose + AFTER_CLOSE_MS];
  const evening = afterClose.find((rung) => rung > soonest);
  // Where no session is known, a day later: a calendar may slow a look, never stop it.
  const morning = sessionAfter(calendar, date)?.preOpen ?? settledAt + 24 * HOUR;
  return [...first, ...(evening === undefined ? [] : [evening]), morning];
}

/** The first session strictly after a date; null when there is none within two weeks. */
function sessionAfter(calendar: MarketCalendar, date: TradingDate): TradingSession | null {
  for (let ahead = 1; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const session = calendar.sessionOn(addDays(date, ahead));
    if (session !== null) return session;
  }
  return null;
}
