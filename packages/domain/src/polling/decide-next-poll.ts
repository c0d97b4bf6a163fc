import type { Instant } from '../instant.ts';
import type { MarketMoment } from '../market/market-moment.ts';
import type { KnownOrder } from '../order/known-order.ts';
import { backoffMs } from './backoff.ts';
import { type OrderPace, orderPace } from './order-pace.ts';
import { leastIntervalMs, type PollSettings } from './poll-settings.ts';

/** What the decision rests on. */
export interface PollFacts {
  readonly now: Instant;
  /** When the last cycle began; null before the first. */
  readonly lastCycleAt: Instant | null;
  /** Where the market stands at `now`. */
  readonly market: MarketMoment;
  readonly pending: readonly KnownOrder[];
  /** Whether orders placed elsewhere are looked for: then even an empty record is worth a look. */
  readonly discoversOrders: boolean;
  /** Failed cycles in a row. */
  readonly consecutiveFailures: number;
  /** What the last of them failed over, such as `rate-limited`; null when nobody knows. */
  readonly failureKind?: string | null;
  /** Until when the broker asked for silence (Retry-After); null when it did not. */
  readonly pausedUntil: Instant | null;
  /** What the budget allows now: less than it was set to, after the broker said "too many". */
  readonly requestsPerMinute: number;
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
  const { intervalMs, reason } = decideCadence(facts, settings);
  if (intervalMs === null) return { at: bell, reason };
  const due = lastCycleAt + intervalMs + Math.round(random * settings.jitterMs);
  // Never sleeping through a bell: an order that waits for it can fill in its first second.
  return { at: Math.max(now, Math.min(due, bell ?? due)), reason };
}

/** How long from the start of one cycle to the next, without jitter; null not before the next market phase. */
export interface Cadence {
  readonly intervalMs: number | null;
  readonly reason: PollReason;
}

export type CadenceFacts = Pick<PollFacts, 'now' | 'market' | 'pending' | 'discoversOrders' | 'requestsPerMinute'>;

/** The pace of the loop, from the phase of the market and from what its pending orders can do in it. */
export function decideCadence(facts: CadenceFacts, settings: PollSettings): Cadence {
  const { intervalMs, reason } = wishedCadence(facts, settings);
  return { intervalMs: intervalMs === null ? null : Math.max(intervalMs, leastIntervalMs(facts)), reason };
}

function wishedCadence(facts: CadenceFacts, settings: PollSettings): Cadence {
  const phase = !settings.extendedHours && facts.market.phase !== 'regular' ? 'closed' : facts.market.phase;
  if (phase === 'closed' && settings.outsideIntervalMs === null)
    return { intervalMs: null, reason: 'closed-by-choice' };
  const outsideMs = settings.outsideIntervalMs ?? settings.extendedIntervalMs;
  const paces = pacesOf(facts, settings);
  if (paces.has('young')) return { intervalMs: settings.fastIntervalMs, reason: 'young-orders' };
  if (paces.size === 0 && !facts.discoversOrders) return { intervalMs: outsideMs, reason: 'nothing-pending' };
  if (phase === 'regular') return { intervalMs: settings.intervalMs, reason: 'regular-hours' };
  // Some minutes past the end of late trading, orders of that session still settle.
  const isOpen = paces.has('open') || (facts.discoversOrders && phase !== 'closed');
  if (isOpen && settings.extendedHours) return { intervalMs: settings.extendedIntervalMs, reason: 'extended-hours' };
  return { intervalMs: outsideMs, reason: 'outside-hours' };
}

function pacesOf({ pending, now, market }: CadenceFacts, { fastForMs }: PollSettings): ReadonlySet<OrderPace> {
  const facts = { now, session: market.session, youngForMs: fastForMs };
  return new Set(pending.map((order) => orderPace(order, facts)));
}
