import { MINUTE } from '../instant.ts';
import { type CadenceFacts, decideCadence, type PollReason } from './decide-next-poll.ts';
import type { PollSettings } from './poll-settings.ts';
import { callsToLookAtAll, restingIntervalMs, restingOrders, type SweepFacts } from './sweep.ts';

/** What the present orders cost, and how late a fill of theirs can be known at worst, as things stand. */
export interface LoadProjection {
  readonly workingOrders: number;
  /** From a fill to its record, ms, for orders of the current trading date; null while nobody looks, by choice. */
  readonly worstCaseMs: number | null;
  /** The same for orders that rest from earlier dates; null when there are none, or nobody looks. */
  readonly restingWorstCaseMs: number | null;
  /** Calls to the broker, within the budget. */
  readonly requestsPerMinute: number;
  /** The budget now: less than it was set to for some minutes after the broker said "too many". */
  readonly allowedPerMinute: number;
  readonly reason: PollReason;
}

export interface LoadFacts extends CadenceFacts, SweepFacts {
  /** How long a look takes, from the call to the commit, ms. */
  readonly lookMs: number;
}

/**
 * Projects the load from the pace that is decided now. A fill that comes just after a look is seen by the next one:
 * one interval, its jitter, and the look itself.
 */
export function projectLoad(facts: LoadFacts, settings: PollSettings): LoadProjection {
  const { pending, lookMs } = facts;
  const { intervalMs, reason } = decideCadence(facts, settings);
  const known = { workingOrders: pending.length, allowedPerMinute: facts.requestsPerMinute, reason };
  if (intervalMs === null) return { ...known, worstCaseMs: null, restingWorstCaseMs: null, requestsPerMinute: 0 };
  const periodMs = Math.max(intervalMs + settings.jitterMs / 2, lookMs);
  const worstCaseMs = Math.max(intervalMs + settings.jitterMs, lookMs) + lookMs;
  const hasResting = restingOrders(facts).length > 0;
  const restingMs = restingIntervalMs(facts);
  return {
    ...known,
    worstCaseMs: Math.round(worstCaseMs),
    restingWorstCaseMs: hasResting ? Math.round(restingMs + worstCaseMs) : null,
    requestsPerMinute: Math.min(
      facts.requestsPerMinute,
      Math.round(MINUTE / periodMs + callsToLookAtAll(facts) * (MINUTE / restingMs)),
    ),
  };
}
