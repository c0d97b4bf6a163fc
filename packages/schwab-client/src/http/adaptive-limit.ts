/**
 * A budget that learns from "too many": each 429 halves what is allowed a minute, each minute without one gives back a
 * tenth of what was configured. The app's budget is shared with a bot that nobody counts here.
 */

/** So that something is always asked. */
const LEAST_PER_MINUTE = 6;
const RAISED_EVERY_MS = 60_000;

export interface AdaptiveLimit {
  /** Requests in any 60 seconds. */
  readonly perMinute: number;
  /** ms since epoch of the last change; -Infinity while it is as configured. */
  readonly changedAt: number;
}

/** What remains after a 429 that was not yet answered by lowering. */
export function lowered({ perMinute }: AdaptiveLimit, configured: number, now: number): AdaptiveLimit {
  return { perMinute: Math.max(Math.min(LEAST_PER_MINUTE, configured), Math.floor(perMinute / 2)), changedAt: now };
}

/** What is allowed again by now. */
export function recovered(limit: AdaptiveLimit, configured: number, now: number): AdaptiveLimit {
  if (limit.perMinute >= configured) return limit;
  const steps = Math.floor((now - limit.changedAt) / RAISED_EVERY_MS);
  if (steps <= 0) return limit;
  const perMinute = Math.min(configured, limit.perMinute + steps * Math.ceil(configured / 10));
  return { perMinute, changedAt: limit.changedAt + steps * RAISED_EVERY_MS };
}
