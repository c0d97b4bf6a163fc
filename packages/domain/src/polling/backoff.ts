import { SECOND } from '../instant.ts';

interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** A fill is to be known within 30 s: once the broker is back, half of that may pass unseen. */
const QUICK: Backoff = { firstMs: SECOND, longestMs: 15 * SECOND };

/**
 * What does not pass within seconds is not asked for every second. Still within the 30 s: a person may sign in
 * elsewhere, and a broker that lifts a refusal tells nobody.
 */
const PATIENT: Backoff = { firstMs: 2 * SECOND, longestMs: 15 * SECOND };
const BY_KIND: Readonly<Record<string, Backoff>> = {
  'rate-limited': PATIENT,
  unauthorized: PATIENT,
  forbidden: PATIENT,
  'bad-request': PATIENT,
  shape: PATIENT,
  // Each try spends a call on a token that is dead.
  'sign-in-needed': { firstMs: 20 * SECOND, longestMs: 20 * SECOND },
};

/**
 * How long to wait after a streak of failed cycles: doubling, at most 15 s (20 s without a sign-in), of which chance
 * takes up to a half away, so that many pollers do not come back in step.
 *
 * @param random in [0, 1)
 * @param kind what the last cycle failed over; a failure without a kind is taken for one that passes
 */
export function backoffMs(consecutiveFailures: number, random: number, kind: string | null = null): number {
  const { firstMs, longestMs } = (kind === null ? undefined : BY_KIND[kind]) ?? QUICK;
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(consecutiveFailures - 1, 10));
  return Math.round(full * (1 - random / 2));
}
