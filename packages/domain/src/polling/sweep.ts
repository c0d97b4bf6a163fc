/**
 * Orders that rest from before the current trading date (GTC) are not in its list. Two ways lead to them: one by one,
 * by id; or a sweep, a list call that reaches back to the oldest of them. The list is asked for anyway, so a sweep
 * costs only the calls beyond the first, when its answer is too long for one: it is the cheaper way almost always.
 */
import { type Instant, MINUTE, SECOND } from '../instant.ts';
import type { TradingSession } from '../market/market-calendar.ts';
import type { KnownOrder } from '../order/known-order.ts';
import { isPast } from './is-past.ts';
import { isInSession } from './order-pace.ts';
import { historyLimit, type PollWindow, windowCovers } from './poll-window.ts';

/** A list call that reached back. */
export interface Sweep {
  readonly at: Instant;
  /** The entered time that it reached back to. */
  readonly from: Instant;
  /** How many list calls it took; more than one when the answer had to be split. */
  readonly calls: number;
}

/** What is remembered of sweeps. */
export interface SweepMemory {
  /** Null before the first of this run. */
  readonly last: Sweep | null;
  /** When one failed last. A list may be too long for the broker to give: then the way by id is left. */
  readonly failedAt: Instant | null;
}

export interface SweepFacts {
  readonly now: Instant;
  /** The window of the current trading date. */
  readonly window: PollWindow;
  readonly pending: readonly KnownOrder[];
  readonly sweeps: SweepMemory;
  /** Today's session; null on a day without one. */
  readonly session: TradingSession | null;
  readonly requestsPerMinute: number;
  /** Whether orders placed elsewhere are looked for: then the first sweep reaches back as far as it can. */
  readonly discoversOrders: boolean;
}

/** A fill is to be known within 30 s: a look every 15 s leaves as much for a slow answer. */
const WHILE_OPEN_MS = 15 * SECOND;
/** Outside its session a resting order can only be cancelled. */
const WHILE_WAITING_MS = 15 * MINUTE;
/** Of the budget, for orders that rest. */
const SHARE_FOR_RESTING = 0.2;
const AFTER_FAILURE_MS = 10 * MINUTE;

/** The window for this cycle's list call: the trading date's own, or one that reaches back to orders that rest. */
export function listWindow(facts: SweepFacts): PollWindow {
  const { now, window, sweeps } = facts;
  if (hasJustFailed(facts)) return window;
  // Too much for one list when it failed: then what rests must not wait for what is only looked for.
  const isFirst = sweeps.last === null && sweeps.failedAt === null;
  if (isFirst && facts.discoversOrders) return { ...window, from: Math.min(window.from, historyLimit(now)) };
  const reachable = reachableOrders(facts);
  const isDue = sweeps.last === null || isPast(sweeps.last.at, restingIntervalMs(facts), now);
  if (!isDue || !isSweepCheaper(facts)) return window;
  return { ...window, from: Math.min(...reachable.map(enteredAtOf)) - SECOND };
}

/** How long an order that rests goes without a look, ms: longer when there is more to ask than the budget's part bears. */
export function restingIntervalMs(facts: SweepFacts): number {
  const resting = restingOrders(facts);
  const isOpen = resting.some((order) => isInSession(order, facts.session, facts.now));
  const affordableMs = (callsToLookAtAll(facts) / (facts.requestsPerMinute * SHARE_FOR_RESTING)) * MINUTE;
  return Math.max(isOpen ? WHILE_OPEN_MS : WHILE_WAITING_MS, Math.ceil(affordableMs));
}

/** Calls, besides the list that is asked for anyway, to look once at every order that rests. */
export function callsToLookAtAll(facts: SweepFacts): number {
  const resting = restingOrders(facts).length;
  return isSweepCheaper(facts) ? resting - reachableOrders(facts).length + callsBeyondFirst(facts) : resting;
}

/** The orders that the list of the current trading date does not show. */
export function restingOrders({ pending, window }: Pick<SweepFacts, 'pending' | 'window'>): readonly KnownOrder[] {
  return pending.filter(({ facts }) => {
    const enteredAt = facts?.enteredAt ?? null;
    return enteredAt !== null && !windowCovers(window, enteredAt);
  });
}

function isSweepCheaper(facts: SweepFacts): boolean {
  return !hasJustFailed(facts) && reachableOrders(facts).length > callsBeyondFirst(facts);
}

function reachableOrders(facts: SweepFacts): readonly KnownOrder[] {
  return restingOrders(facts).filter((order) => enteredAtOf(order) >= historyLimit(facts.now));
}

function enteredAtOf({ facts, firstSeenAt }: KnownOrder): Instant {
  return facts?.enteredAt ?? firstSeenAt;
}

function callsBeyondFirst({ sweeps }: SweepFacts): number {
  return (sweeps.last?.calls ?? 1) - 1;
}

function hasJustFailed({ now, sweeps }: SweepFacts): boolean {
  return sweeps.failedAt !== null && !isPast(sweeps.failedAt, AFTER_FAILURE_MS, now);
}
