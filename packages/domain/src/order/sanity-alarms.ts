import type { Fill } from '../execution/fill.ts';
import { isOverfilled } from '../execution/fill-evidence.ts';
import type { LegSummary } from '../execution/leg-summary.ts';
import type { NetPrice } from '../execution/net-price.ts';
import { ZERO } from '../decimal.ts';
import { SECOND } from '../instant.ts';
import { sideOf } from './instruction.ts';
import type { OrderFlag } from './order-flag.ts';
import type { OrderFacts } from './reported-order.ts';

/** Things that should be impossible. They are shown and never filter: a strange fill is still somebody's money. */
export function sanityAlarms(
  order: OrderFacts,
  legs: readonly LegSummary[],
  fills: readonly Fill[],
  netPrice: NetPrice | null,
): readonly OrderFlag[] {
  const alarms: OrderFlag[] = [];
  if (isOverfilled(order, legs)) alarms.push('OVERFILLED');
  const isOutside =
    legs.length === 1 ? fills.some((fill) => isOutsideLimit(order, fill)) : isNetOutsideLimit(order, netPrice);
  if (isOutside) alarms.push('PRICE_OUTSIDE_LIMIT');
  if (fills.some((fill) => isBeforeEntry(order, fill))) alarms.push('FILL_BEFORE_ENTRY');
  return alarms;
}

/** Only for orders of one leg: the limit of a multi-leg order bounds the net price, not a leg's. */
function isOutsideLimit(order: OrderFacts, fill: Fill): boolean {
  const side = sideOf(order.legs[0]?.instruction ?? null);
  if (order.limitPrice === null || side === null) return false;
  return side === 'BUY' ? fill.price.gt(order.limitPrice) : fill.price.lt(order.limitPrice);
}

/** The limit of a multi-leg order is the most that a unit may cost, or the least that it must bring in; both above zero. */
function isNetOutsideLimit({ orderType, limitPrice }: OrderFacts, netPrice: NetPrice | null): boolean {
  if (netPrice === null) return false;
  const broughtIn = netPrice.effect === 'DEBIT' ? netPrice.amount.neg() : netPrice.amount;
  if (orderType === 'NET_ZERO') return broughtIn.lt(ZERO);
  if (limitPrice === null) return false;
  if (orderType === 'NET_DEBIT') return broughtIn.lt(limitPrice.neg());
  return orderType === 'NET_CREDIT' && broughtIn.lt(limitPrice);
}

/** Broker times are whole seconds, so a fill in the second of entry is fine. */
function isBeforeEntry(order: OrderFacts, fill: Fill): boolean {
  if (order.enteredAt === null || fill.occurredAt === null) return false;
  return fill.occurredAt < Math.floor(order.enteredAt / SECOND) * SECOND;
}
