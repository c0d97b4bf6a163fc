import { SECOND } from '../instant.ts';

const FIRST_WAIT_MS = SECOND;
/** A fill is to be known within 30 s: once the broker is back, half of that may pass unseen. */
const LONGEST_WAIT_MS = 15 * SECOND;

/**
 * How long to wait after a streak of failed cycles: doubling from 1 s, at most 15 s, of which chance takes up to
 * a half away, so that many pollers do not come back in step.
 *
 * @param random in [0, 1)
 */
export function backoffMs(consecutiveFailures: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(consecutiveFailures - 1, 10));
  return Math.round(full * (1 - random / 2));
}
