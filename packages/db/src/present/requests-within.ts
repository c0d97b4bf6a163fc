import type { Instant } from '@fill-tracker/domain';
import type { StoredCycle } from '../poll-cycles.ts';

/**
 * Calls to the broker within the last `windowMs`. Cycles in which nothing changed share a row, whose calls are spread
 * evenly over its time: the record does not keep when each of them was made.
 */
export function requestsWithin(cycles: readonly StoredCycle[], now: Instant, windowMs: number): number {
  const from = now - windowMs;
  const counted = cycles
    .filter(({ lastFinishedAt }) => lastFinishedAt > from)
    .map(({ startedAt, lastFinishedAt, requests }) => {
      const duration = lastFinishedAt - startedAt;
      const share = duration <= 0 ? 1 : (lastFinishedAt - Math.max(startedAt, from)) / duration;
      return requests * share;
    });
  return Math.round(counted.reduce((sum, requests) => sum + requests, 0));
}
