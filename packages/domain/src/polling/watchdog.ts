/**
 * What to do about a loop that does not move. It is looked at every second, and looks are counted rather than time: a
 * machine that slept, or a process that was stopped and goes on, finds its clock far ahead without having hung.
 *
 * - It moves: nothing.
 * - Stuck at several looks in a row: its cycle is cut short, and the lease is renewed no more, so that a standby takes
 *   over when the lease runs out.
 * - Still stuck when the lease has run out: the process ends, to be started anew by what supervises it.
 */

/** How many looks in a row found the loop stuck; 0 while it moves. */
export type StuckLooks = number;

export type WatchdogStep =
  | 'moves'
  /** Perhaps: a clock that jumped looks the same at first. */
  | 'doubted'
  /** The moment to cut its cycle short. */
  | 'cut-cycle'
  /** Cut, and not moving yet. */
  | 'hung'
  | 'end-process';

/** Between two looks, ms. */
export const WATCHDOG_EVERY_MS = 1_000;

const CUT_AFTER: StuckLooks = 5;
/** Longer than the lease holds, so that the standby is at work when the process ends. */
const END_AFTER: StuckLooks = CUT_AFTER + 15;

/** One look at the loop. @returns the count to be kept for the next look */
export function watchLoop(
  before: StuckLooks,
  isStuckNow: boolean,
): { readonly looks: StuckLooks; readonly step: WatchdogStep } {
  const looks = isStuckNow ? before + 1 : 0;
  return { looks, step: stepAt(looks) };
}

function stepAt(looks: StuckLooks): WatchdogStep {
  if (looks === 0) return 'moves';
  if (looks < CUT_AFTER) return 'doubted';
  if (looks === CUT_AFTER) return 'cut-cycle';
  return looks < END_AFTER ? 'hung' : 'end-process';
}
