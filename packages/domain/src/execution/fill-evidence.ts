import { type Decimal, divideHalfUp, ZERO } from '../decimal.ts';
import { brokerStatusRow } from '../order/broker-status.ts';
import type { OrderFacts } from '../order/reported-order.ts';
import type { LegSummary } from './leg-summary.ts';

/** How far the fills prove what the broker says has filled. */
export type FillEvidence =
  /** Nothing filled, and nobody says so. */
  | 'none'
  /** Said to have filled, with no priced leg at all. */
  | 'unpriced'
  /** The priced legs do not add up to the filled quantity. */
  | 'unsummed'
  /** They add up, to less than was ordered, or nobody says how much was. */
  | 'part'
  /** They add up, to all that was ordered. */
  | 'whole';

/**
 * The filled quantity, in units of the order. When the broker does not say, the fills' own quantity stands in; it is
 * never less than what fills without a price come to.
 */
export function filledQuantityOf(order: OrderFacts, legs: readonly LegSummary[]): Decimal {
  return atLeast(order.leastFilledQuantity, order.filledQuantity ?? ownQuantityOf(order, legs));
}

/** What the fills must add up to. FILLED without a quantity claims all that was ordered, not just what is listed. */
function claimedQuantity(order: OrderFacts, legs: readonly LegSummary[]): Decimal {
  const isFilled = brokerStatusRow(order.brokerStatus).class === 'filled';
  const said = order.filledQuantity ?? (isFilled ? order.quantity : null);
  return atLeast(order.leastFilledQuantity, said ?? ownQuantityOf(order, legs));
}

function atLeast(least: Decimal | null, quantity: Decimal): Decimal {
  return least?.gt(quantity) === true ? least : quantity;
}

/** Weighs the fills against the filled quantity, leg by leg: a leg must hold quantity x (leg / order quantity). */
export function weighFills(order: OrderFacts, legs: readonly LegSummary[]): FillEvidence {
  const filled = claimedQuantity(order, legs);
  const isFilled = brokerStatusRow(order.brokerStatus).class === 'filled';
  if (legs.every((leg) => leg.filledQuantity.isZero())) return filled.gt(0) || isFilled ? 'unpriced' : 'none';
  if (!legs.every((leg) => legHolds(order, legs, leg, filled))) return 'unsummed';
  return order.quantity === null || filled.lt(order.quantity) ? 'part' : 'whole';
}

/** True when more traded than was ordered, in any leg. */
export function isOverfilled(order: OrderFacts, legs: readonly LegSummary[]): boolean {
  if (order.quantity === null) return false;
  const ordered = order.quantity;
  return filledQuantityOf(order, legs).gt(ordered) || legs.some((leg) => legExceeds(order, legs, leg, ordered));
}

/** Cross-multiplied, so that a ratio of 1 to 3 needs no division. */
function legHolds(order: OrderFacts, legs: readonly LegSummary[], leg: LegSummary, filled: Decimal): boolean {
  const ratio = ratioOf(order, legs, leg);
  return leg.filledQuantity.times(ratio.order).eq(filled.times(ratio.leg));
}

function legExceeds(order: OrderFacts, legs: readonly LegSummary[], leg: LegSummary, ordered: Decimal): boolean {
  const ratio = ratioOf(order, legs, leg);
  return leg.filledQuantity.times(ratio.order).gt(ordered.times(ratio.leg));
}

const ONE_TO_ONE = { leg: ZERO.plus(1), order: ZERO.plus(1) };

/** Units of the leg per units of the order. The only leg of an order trades the order's own quantity. */
function ratioOf(order: OrderFacts, legs: readonly LegSummary[], leg: LegSummary): { leg: Decimal; order: Decimal } {
  const isKnown = leg.quantity?.gt(0) === true && order.quantity?.gt(0) === true;
  if (legs.length === 1 || !isKnown || leg.quantity === null || order.quantity === null) return ONE_TO_ONE;
  return { leg: leg.quantity, order: order.quantity };
}

/** Finer than any fraction of a share; a quantity that needs more than this is no whole number of units anyway. */
const QUANTITY_PLACES = 20;

/** What the fills themselves come to: the first leg's quantity in units of the order. The legs are then held against it. */
export function ownQuantityOf(order: OrderFacts, legs: readonly LegSummary[]): Decimal {
  const first = legs.find((leg) => leg.filledQuantity.gt(0));
  if (first === undefined) return ZERO;
  const ratio = ratioOf(order, legs, first);
  return divideHalfUp(first.filledQuantity.times(ratio.order), ratio.leg, QUANTITY_PLACES);
}
