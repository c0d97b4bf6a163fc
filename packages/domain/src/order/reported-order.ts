import type { Decimal } from '../decimal.ts';
import type { Instant } from '../instant.ts';

/** One leg of an order as the broker reported it. */
export interface OrderLeg {
  readonly legId: string;
  /** Such as BUY or SELL_TO_OPEN, verbatim; null when missing. */
  readonly instruction: string | null;
  readonly symbol: string | null;
  /** Such as EQUITY, COLLECTIVE_INVESTMENT (ETFs) or OPTION, verbatim; null when missing. */
  readonly assetType: string | null;
  /** Shares or contracts of this leg; differs from the order's quantity in ratio spreads and covered calls. */
  readonly quantity: Decimal | null;
}

/**
 * What the broker says of an order besides its executions. Every field but the id and the status is missing in
 * some real answer; null means "not said".
 */
export interface OrderFacts {
  readonly brokerOrderId: string;
  /** The broker's own word, verbatim, even when nobody knows it. */
  readonly brokerStatus: string;
  /** Why it was rejected; several texts joined by `|`. */
  readonly statusDescription: string | null;
  readonly orderType: string | null;
  /** Schwab's `session` field: NORMAL, AM, PM or SEAMLESS. */
  readonly orderSession: string | null;
  readonly duration: string | null;
  /** Units of the order: shares, contracts, or spreads of a multi-leg order. */
  readonly quantity: Decimal | null;
  /** As reported, in units of the order. */
  readonly filledQuantity: Decimal | null;
  /**
   * What the executions of the answer come to at least, those without a price counted, in units of the order; null
   * while all of them are priced. Worked out by `told-quantity.ts`.
   */
  readonly leastFilledQuantity: Decimal | null;
  /** USD per share, or net per unit of a multi-leg order. */
  readonly limitPrice: Decimal | null;
  /** USD per share. */
  readonly stopPrice: Decimal | null;
  readonly enteredAt: Instant | null;
  /** As reported. Some answers carry it on a working order, so it never means "ended" by itself. */
  readonly closeTime: Instant | null;
  readonly legs: readonly OrderLeg[];
}

/** One execution leg inside an activity. */
export interface ReportedExecutionLeg {
  /** Null when missing; an order of a single leg lends its own. */
  readonly legId: string | null;
  readonly price: Decimal | null;
  readonly quantity: Decimal | null;
  /** Broker time in whole seconds. */
  readonly occurredAt: Instant | null;
}

/** Something that happened to the order: a fill, a cancel, or a word nobody knows yet. */
export interface ReportedActivity {
  readonly activityType: string | null;
  readonly executionType: string | null;
  /** Undocumented, sometimes missing, sometimes there only later. */
  readonly activityId: string | null;
  /** Units of the order left after this activity; dependable for fills only. */
  readonly remainingAfter: Decimal | null;
  readonly legs: readonly ReportedExecutionLeg[];
}

/** A whole order as one answer of the broker told it, with its children (TRIGGER and OCO trees). */
export interface ReportedOrder extends OrderFacts {
  readonly activities: readonly ReportedActivity[];
  readonly children: readonly ReportedOrder[];
}

/**
 * True for a node that only holds others together (OCO), and gets no row. Such a node has neither legs nor activities,
 * quantities nor a type at Schwab's; an order that merely lacks its legs in some answer still says how much it is for.
 */
export function isOrderGroup(order: ReportedOrder): boolean {
  return order.children.length > 0 && isBare(order);
}

/** True when nothing is told of an order but its name, its status and its times. */
export function isBare({ legs, activities, quantity, filledQuantity, orderType }: ReportedOrder): boolean {
  const hasTerms = quantity !== null || filledQuantity !== null || orderType !== null;
  return legs.length === 0 && activities.length === 0 && !hasTerms;
}

/** The order and everything below it, parents first, groups left out. */
export function flattenOrders(order: ReportedOrder): readonly ReportedOrder[] {
  const below = order.children.flatMap(flattenOrders);
  return isOrderGroup(order) ? below : [order, ...below];
}
