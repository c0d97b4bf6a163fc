/**
 * How soon an order may change. Asking costs the same whether one order may or a thousand, since one list call covers
 * them: the soonest of all pending orders sets the pace of the loop.
 */
import { type Instant, MINUTE, SECOND } from '../instant.ts';
import type { TradingSession } from '../market/market-calendar.ts';
import { brokerStatusRow } from '../order/broker-status.ts';
import type { KnownOrder } from '../order/known-order.ts';
import { isUnproved, unprovedIntervalMs } from './unproved-order.ts';
import { isUnreadable, unreadableIntervalMs } from './unreadable-order.ts';

/** `young`: in its first minutes, or its proof is expected any second; `open`: its session runs; `waiting`: neither. */
export type OrderPace = 'young' | 'open' | 'waiting';

/**
 * After the end of its session an order still changes: options on indices trade until 16:15, and Schwab writes
 * expiries and late cancels some minutes after a close.
 */
const SETTLING_MS = 20 * MINUTE;

/** Below this, the ladder of an order without proof is as urgent as a young order. */
const URGENT_PROOF_MS = 5 * SECOND;

export interface PaceFacts {
  readonly now: Instant;
  /** Today's session; null on a day without one. */
  readonly session: TradingSession | null;
  /** For how long after its entry an order counts as young, ms. */
  readonly youngForMs: number;
}

/** The pace of one pending order. */
export function orderPace(order: KnownOrder, { now, session, youngForMs }: PaceFacts): OrderPace {
  // Asked for by id on ladders of their own, which only need the loop to come round.
  if (order.state.flags.includes('NOT_FOUND')) return 'waiting';
  if (isUnreadable(order) && unreadableIntervalMs(order, now) > MINUTE) return 'waiting';
  if (isUnproved(order)) return unprovedIntervalMs(order, now) <= URGENT_PROOF_MS ? 'young' : 'waiting';
  const isOpen = isInSession(order, session, now);
  const { facts, firstSeenAt } = order;
  const isYoung = now - (facts?.enteredAt ?? firstSeenAt) < youngForMs;
  // One that waits for a session changes when that begins, however young it is.
  if (isYoung && (isOpen || !waitsForSession(order))) return 'young';
  return isOpen ? 'open' : 'waiting';
}

function waitsForSession({ facts }: KnownOrder): boolean {
  return facts !== null && brokerStatusRow(facts.brokerStatus).waitsForSession === true;
}

/** True while the order's own session runs, or has just ended. */
export function isInSession({ facts }: KnownOrder, session: TradingSession | null, now: Instant): boolean {
  if (session === null) return false;
  const { from, to } = hoursOf(facts?.orderSession ?? null, session);
  return now >= from && now < to + SETTLING_MS;
}

/** A word that nobody knows gets the widest hours: looking too often costs little. */
function hoursOf(orderSession: string | null, session: TradingSession): { from: Instant; to: Instant } {
  if (orderSession === 'NORMAL') return { from: session.open, to: session.close };
  if (orderSession === 'AM') return { from: session.preOpen, to: session.open };
  if (orderSession === 'PM') return { from: session.close, to: session.postClose };
  return { from: session.preOpen, to: session.postClose };
}
