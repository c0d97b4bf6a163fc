import type { RecordedFill } from '../execution/fill.ts';
import type { Instant } from '../instant.ts';
import { isTerminalBrokerStatus } from '../order/broker-status.ts';
import type { KnownOrder, OrderState, Resolution } from '../order/known-order.ts';
import { type OrderFlag, orderedFlags } from '../order/order-flag.ts';
import type { OrderFacts } from '../order/reported-order.ts';
import { type Conclusion, concludeOrder } from './conclude-order.ts';

/** An order whose facts, fills or resolution have changed; its state is about to follow. */
export type Unsettled = Omit<KnownOrder, 'state'> & { readonly facts: OrderFacts };

/**
 * The state that follows from facts and fills, by the status rule; and where that leaves the order open, by a
 * person's word. The broker's own proof always goes first: it drops the resolution.
 *
 * @param extraFlags what else was noticed
 * @param now when
 */
export function stateAfter(
  before: OrderState,
  order: Unsettled,
  extraFlags: readonly OrderFlag[],
  now: Instant,
): Pick<KnownOrder, 'state' | 'resolution'> {
  const concluded = concludeOrder(order.facts, order.fills);
  const resolution = concluded.status === 'PENDING' ? standing(order) : null;
  const closed = resolution && closedByOperator(order.facts, order.fills);
  const flags = [...concluded.flags, ...extraFlags, ...before.flags.filter((flag) => WITNESS_FLAGS.has(flag))];
  if (order.withdrawn.length > 0) flags.push('FILLS_AMENDED');
  const { status, outcome, filledQuantity, sum, averagePrice, priceCents, netPrice } = closed ?? concluded;
  const isOpen = status === 'PENDING';
  return {
    resolution: isOpen ? null : resolution,
    state: {
      status,
      outcome,
      filledQuantity,
      sum,
      averagePrice,
      priceCents,
      netPrice,
      flags: orderedFlags(closed === null ? flags : flags.filter((flag) => !OPEN_QUESTIONS.has(flag))),
      closedAt: isOpen ? null : closingTime(order, before.closedAt ?? now),
    },
  };
}

/** Raised by other witnesses than the order's report, which therefore does not clear them. */
const WITNESS_FLAGS: ReadonlySet<OrderFlag> = new Set([
  'PRICE_OUTSIDE_MARKET',
  'FILL_OUTSIDE_SESSION',
  'TRANSACTIONS_DISAGREE',
]);

/** What a person answers by closing the order. */
const OPEN_QUESTIONS: ReadonlySet<OrderFlag> = new Set([
  'UNPRICED',
  'FILLS_DO_NOT_SUM',
  'UNKNOWN_STATUS',
  'REPORT_UNREADABLE',
  'NOT_FOUND',
]);

/**
 * A person closed what the broker said then. When it says something else that is live, the order lives; and where
 * nothing it said could be read, when it says anything live since.
 */
function standing({ resolution, facts, reportedAt }: Unsettled): Resolution | null {
  if (resolution === null || isTerminalBrokerStatus(facts.brokerStatus)) return resolution;
  const { brokerStatus, at } = resolution;
  const isToldSince = reportedAt !== null && reportedAt >= at;
  const isAsThen = brokerStatus === null ? !isToldSince : brokerStatus === facts.brokerStatus;
  return isAsThen ? resolution : null;
}

/**
 * What an order comes to when it is closed with the fills that it has: they alone count, whatever the broker claims.
 *
 * @returns null when its fills give no price: nothing can close it then but more of them
 */
export function closedByOperator(facts: OrderFacts, fills: readonly RecordedFill[]): Conclusion | null {
  const own = concludeOrder(
    { ...facts, filledQuantity: null, leastFilledQuantity: null, brokerStatus: 'WORKING' },
    fills,
  );
  const outcome = 'CLOSED_BY_OPERATOR';
  if (own.filledQuantity.isZero()) return { ...own, status: 'FAILED', outcome };
  return own.averagePrice === null && own.netPrice === null ? null : { ...own, status: 'COMPLETED', outcome };
}

/** The broker's closing time; else its last fill; else when it was first seen ended. */
function closingTime({ facts, fills }: Unsettled, firstSeen: Instant): Instant {
  const lastFill = fills.reduce<Instant | null>((last, fill) => later(last, fill.occurredAt), null);
  return facts.closeTime ?? lastFill ?? firstSeen;
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b > a) ? b : a;
}
