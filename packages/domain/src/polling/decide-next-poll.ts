import type { Instant } from '../instant.ts';
import type { MarketMoment } from '../market/market-moment.ts';
import { backoffMs } from './backoff.ts';
import type { PollSettings } from './poll-settings.ts';

/** What the decision rests on. */
export interface PollFacts {
  readonly now: Instant;
  /** When the last cycle began; null before the first. */
  readonly lastCycleAt: Instant | null;
  /** Where the market stands at `now`. */
  readonly market: MarketMoment;
  /** Entry times of the orders that are pending; an order whose entry is not known counts from when we met it. */
  readonly pendingSince: readonly Instant[];
  /** Whether orders placed elsewhere are looked for: then even an empty record is worth a look. */
  readonly discoversOrders: boolean;
  /** Failed cycles in a row. */
  readonly consecutiveFailures: number;
  /** What the last of them failed over, such as `rate-limited`; null when nobody knows. */
  readonly failureKind?: string | null;
  /** Until when the broker asked for silence (Retry-After); null when it did not. */
  readonly pausedUntil: Instant | null;
  /** In [0, 1). */
  readonly random: number;
}

export type PollReason =
  | 'first-cycle'
  | 'young-orders'
  | 'regular-hours'
  | 'extended-hours'
  | 'outside-hours'
  | 'nothing-pending'
  | 'failing'
  | 'rate-limited'
  | 'closed-by-choice';

export interface PollDecision {
  /** When the next cycle is due; null means not before a command or the next market phase. */
  readonly at: Instant | null;
  readonly reason: PollReason;
}

/** Decides when to poll next, and why. A command wakes the loop at any time, whatever was decided. */
export function decideNextPoll(facts: PollFacts, settings: PollSettings): PollDecision {
  const decision = decideByNeed(facts, settings);
  const { pausedUntil } = facts;
  if (pausedUntil === null || decision.at === null || decision.at >= pausedUntil) return decision;
  return { at: pausedUntil, reason: 'rate-limited' };
}

function decideByNeed(facts: PollFacts, settings: PollSettings): PollDecision {
  const { now, lastCycleAt, random } = facts;
  if (lastCycleAt === null) return { at: now, reason: 'first-cycle' };
  if (facts.consecutiveFailures > 0) {
    const retry = now + backoffMs(facts.consecutiveFailures, random, facts.failureKind);
    return { at: Math.max(retry, lastCycleAt + settings.fastIntervalMs), reason: 'failing' };
  }
  const bell = facts.market.nextChange?.at ?? null;
  const { intervalMs, reason } = cadence(facts, settings);
  if (intervalMs === null) return { at: bell, reason };
  const due = lastCycleAt + intervalMs + Math.round(random * settings.jitterMs);
  // Never sleeping through a bell: an order that waits for it can fill in its first second.
  return { at: Math.max(now, Math.min(due, bell ?? due)), reason };
}

interface Cadence {
  readonly intervalMs: number | null;
  readonly reason: PollReason;
}

function cadence(facts: PollFacts, settings: PollSettings): Cadence {
  const phase = !settings.extendedHours && facts.market.phase !== 'regular' ? 'closed' : facts.market.phase;
  if (phase === 'closed' && settings.outsideIntervalMs === null)
    return { intervalMs: null, reason: 'closed-by-choice' };
  const outsideMs = settings.outsideIntervalMs ?? settings.extendedIntervalMs;
  if (facts.pendingSince.some((since) => facts.now - since < settings.fastForMs)) {
    return { intervalMs: settings.fastIntervalMs, reason: 'young-orders' };
  }
  if (facts.pendingSince.length === 0 && !facts.discoversOrders)
    return { intervalMs: outsideMs, reason: 'nothing-pending' };
  if (phase === 'regular') return { intervalMs: settings.intervalMs, reason: 'regular-hours' };
  if (phase === 'closed') return { intervalMs: outsideMs, reason: 'outside-hours' };
  return { intervalMs: settings.extendedIntervalMs, reason: 'extended-hours' };
}
