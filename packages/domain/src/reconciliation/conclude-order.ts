import type { Decimal } from '../decimal.ts';
import type { Fill } from '../execution/fill.ts';
import { filledQuantityOf, weighFills } from '../execution/fill-evidence.ts';
import { type LegSummary, priceCentsOf, summariseLegs } from '../execution/leg-summary.ts';
import { type NetPrice, netPriceOf } from '../execution/net-price.ts';
import type { OrderFlag } from '../order/order-flag.ts';
import type { OrderOutcome, OrderStatus } from '../order/order-status.ts';
import type { OrderFacts } from '../order/reported-order.ts';
import { sanityAlarms } from '../order/sanity-alarms.ts';
import { decideStatus } from './status-rule.ts';

/** All that follows from what the broker said of an order and from its fills. Derived, never edited. */
export interface Conclusion {
  readonly status: OrderStatus;
  readonly outcome: OrderOutcome | null;
  /** Units of the order: as reported, else the fills' own. */
  readonly filledQuantity: Decimal;
  /** USD: exact sum of price times quantity; null for multi-leg orders, whose legs have their own. */
  readonly sum: Decimal | null;
  /** USD per share, 8 places; null for multi-leg orders and when nothing filled. */
  readonly averagePrice: Decimal | null;
  /** Whole USD cents per share, rounded half up; null where the average is. */
  readonly priceCents: number | null;
  /** Multi-leg orders only, once every leg's fills add up. */
  readonly netPrice: NetPrice | null;
  readonly legs: readonly LegSummary[];
  readonly flags: readonly OrderFlag[];
}

/** Concludes status and price of one order from the broker's facts and the order's fills. */
export function concludeOrder(order: OrderFacts, fills: readonly Fill[]): Conclusion {
  const legs = summariseLegs(order, fills);
  const filledQuantity = filledQuantityOf(order, legs);
  const weighed = weighFills(order, legs);
  const isProved = weighed === 'part' || weighed === 'whole';
  const netPrice = legs.length > 1 && isProved ? netPriceOf(legs, filledQuantity) : null;
  // Legs that add up but have no known side give no net price: the order as a whole is unpriced then.
  const evidence = legs.length > 1 && isProved && netPrice === null ? 'unpriced' : weighed;
  const decision = decideStatus(order.brokerStatus, evidence);
  const only = legs.length === 1 ? legs[0] : undefined;
  return {
    status: decision.status,
    outcome: decision.outcome,
    filledQuantity,
    sum: only?.sum ?? null,
    averagePrice: only?.averagePrice ?? null,
    priceCents: only === undefined ? null : priceCentsOf(only),
    netPrice,
    legs,
    flags: [...decision.flags, ...sanityAlarms(order, legs, fills, netPrice)],
  };
}
