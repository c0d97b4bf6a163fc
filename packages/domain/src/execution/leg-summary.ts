import { decimal, type Decimal, divideHalfUp, sumOf } from '../decimal.ts';
import type { OrderFacts, OrderLeg } from '../order/reported-order.ts';
import type { Fill } from './fill.ts';

/** Places after the point to which averages and net prices are rounded, half up. Sums are never rounded. */
export const AVERAGE_PLACES = 8;

/** What one leg of an order traded. */
export interface LegSummary extends OrderLeg {
  /** Shares or contracts: the exact sum over its fills. */
  readonly filledQuantity: Decimal;
  /** USD: the exact sum of price times quantity over its fills. */
  readonly sum: Decimal;
  /** USD per share, rounded half up to 8 places; null when nothing filled. */
  readonly averagePrice: Decimal | null;
}

/** Every leg with its own quantity, sum and average. Legs are never mixed: two prices of a spread are two facts. */
export function summariseLegs(order: OrderFacts, fills: readonly Fill[]): readonly LegSummary[] {
  return legsIncludingUnlisted(order, fills).map((leg) =>
    summariseLeg(
      leg,
      fills.filter((fill) => fill.legId === leg.legId),
    ),
  );
}

/** A fill may name a leg that the answer does not list: it gets a leg of its own, rather than being lost. */
function legsIncludingUnlisted(order: OrderFacts, fills: readonly Fill[]): readonly OrderLeg[] {
  const listed = new Set(order.legs.map((leg) => leg.legId));
  const unlisted = new Set(fills.map((fill) => fill.legId).filter((legId) => !listed.has(legId)));
  const bare = [...unlisted].sort().map((legId) => ({
    legId,
    instruction: null,
    symbol: null,
    assetType: null,
    quantity: null,
  }));
  return [...order.legs, ...bare];
}

function summariseLeg(leg: OrderLeg, fills: readonly Fill[]): LegSummary {
  const filledQuantity = sumOf(fills.map((fill) => fill.quantity));
  const sum = sumOf(fills.map((fill) => fill.price.times(fill.quantity)));
  return { ...leg, filledQuantity, sum, averagePrice: averageOf(sum, filledQuantity) };
}

/** USD per share: the sum over the quantity, rounded half up, once; null when nothing filled. */
export function averageOf(sum: Decimal, quantity: Decimal, places = AVERAGE_PLACES): Decimal | null {
  return quantity.isZero() ? null : divideHalfUp(sum, quantity, places);
}

/**
 * The average in whole cents, rounded half up from the exact sum (never from an average rounded before).
 *
 * @returns USD cents per share; null when nothing filled, or beyond what an integer holds exactly.
 */
export function priceCentsOf(leg: LegSummary): number | null {
  const average = averageOf(leg.sum.times(decimal('100')), leg.filledQuantity, 0);
  return average === null || average.gt(Number.MAX_SAFE_INTEGER) ? null : average.toNumber();
}
