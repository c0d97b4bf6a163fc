import { type Instant, MINUTE } from '../instant.ts';
import type { PollReason } from '../polling/decide-next-poll.ts';
import { isStuck } from '../polling/poller-state.ts';

/** A monitor wants a sign of life now and then, not every second. */
const LEAST_BETWEEN_MS = MINUTE;

export interface DeadManFacts {
  /** When the last ping was sent, answered or not; null before the first. */
  readonly lastPingAt: Instant | null;
  /** End of the last cycle that examined everything due; null before the first. */
  readonly lastCompleteAt: Instant | null;
  /** Whether the last cycle was one of those. */
  readonly isLastComplete: boolean;
  /** Null between cycles. */
  readonly cycleStartedAt: Instant | null;
  readonly next: { readonly at: Instant | null; readonly reason: PollReason } | null;
}

/**
 * Whether to tell the monitor that all is well: only after a cycle that truly examined everything due, once for each.
 * While the market is closed and nothing is polled by choice, nothing is due: a loop that rests as it should is well.
 */
export function isPingDue(facts: DeadManFacts, now: Instant): boolean {
  const { lastPingAt, lastCompleteAt, isLastComplete, cycleStartedAt, next } = facts;
  if (lastCompleteAt === null || !isLastComplete) return false;
  if (lastPingAt !== null && now - lastPingAt < LEAST_BETWEEN_MS) return false;
  if (lastPingAt === null || lastCompleteAt > lastPingAt) return true;
  const isResting = cycleStartedAt === null && next?.reason === 'closed-by-choice';
  return isResting && !isStuck({ cycleStartedAt, nextPollAt: next.at }, now);
}
