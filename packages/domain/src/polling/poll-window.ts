import { HOUR, type Instant, MINUTE, SECOND } from '../instant.ts';
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

/** Broker times are whole seconds: nothing narrower can part two orders. */
const NARROWEST_MS = SECOND;

/**
 * The two halves of a window whose list came back cut off. Together they cover it; the second begins a second before
 * the first ends, lest an order is lost that stands on the seam, whichever way the broker rounds and whether or not
 * it counts both ends. Only below 4 s, where halves would stop getting narrower, they share just the seam.
 *
 * @returns null when the window is a second wide or less.
 */
export function splitWindow({ from, to }: PollWindow): readonly [PollWindow, PollWindow] | null {
  if (to - from <= NARROWEST_MS) return null;
  const seam = Math.round((from + to) / 2 / SECOND) * SECOND;
  const isWide = to - from >= 4 * SECOND;
  return [
    { from, to: seam },
    { from: isWide ? seam - SECOND : seam, to },
  ];
}

const DAY = 24 * HOUR;

/**
 * How far back a list call may reach. The broker's limit is 60 days before today; in which zone its today begins is
 * not told, and the clocks change twice a year. A day of safety covers both, and the time a request takes.
 */
const WINDOW_LIMIT_MS = 59 * DAY;

/** The earliest entered time that a list call may ask for. */
export function historyLimit(now: Instant): Instant {
  return now - WINDOW_LIMIT_MS;
}

/** Small enough that a busy account stays below the rows that one list can hold, most of the time. */
const HISTORY_STEP_MS = 7 * DAY;

/**
 * The windows that together cover the entered times since `from`, oldest first, as far back as the broker allows:
 * what is older can only be asked for by id. Each overlaps the one before it by a second, as halves do.
 *
 * @param stepMs the most that one window is wide
 * @returns no window when `from` lies ahead.
 * @throws {RangeError} when the step is not wider than the overlap.
 */
export function historyWindows(from: Instant, now: Instant, stepMs: number = HISTORY_STEP_MS): readonly PollWindow[] {
  if (!(stepMs > SECOND)) throw new RangeError(`A step of ${stepMs} ms never gets past its overlap of ${SECOND} ms`);
  return windowsBetween(Math.max(from, historyLimit(now)), now + CLOCK_MARGIN_MS, stepMs);
}

/**
 * The windows that show what was entered in a blind spot and lies before the window of today's list; none when that
 * list shows all of it. A margin on both sides allows for the broker's clock.
 *
 * @param today the window of the list that came after the spot
 */
export function blindSpotWindows(
  { beganAt, endedAt }: { readonly beganAt: Instant; readonly endedAt: Instant },
  today: PollWindow,
  now: Instant,
): readonly PollWindow[] {
  const from = Math.max(beganAt - CLOCK_MARGIN_MS, historyLimit(now));
  return windowsBetween(from, Math.min(today.from + SECOND, endedAt + CLOCK_MARGIN_MS), HISTORY_STEP_MS);
}

function windowsBetween(from: Instant, end: Instant, stepMs: number): readonly PollWindow[] {
  const windows: PollWindow[] = [];
  let start = from;
  while (start < end) {
    const to = Math.min(start + stepMs, end);
    windows.push({ from: start, to });
    if (to === end) break;
    start = to - SECOND;
  }
  return windows;
}

/** From this age on, there are ten days left in which a list can still show an order. */
const NEARING_LIMIT_MS = 50 * DAY;

/** True when an order will soon be too old for any list call, so that only its id leads to it. */
export function isNearingWindowLimit(enteredAt: Instant, now: Instant): boolean {
  return now - enteredAt >= NEARING_LIMIT_MS;
}
