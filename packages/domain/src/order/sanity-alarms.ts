import type { Fill } from '../execution/fill.ts';
import { isOverfilled } from '../execution/fill-evidence.ts';
import type { LegSummary } from '../execution/leg-summary.ts';
import { SECOND } from '../instant.ts';
import { sideOf } from './instruction.ts';
import type { OrderFlag } from './order-flag.ts';
import type { OrderFacts } from './reported-order.ts';

/** Things that should be impossible. They are shown and never filter: a strange fill is still somebody's money. */
export function sanityAlarms(
  order: OrderFacts,
  legs: readonly LegSummary[],
  fills: readonly Fill[],
): readonly OrderFlag[] {
  const alarms: OrderFlag[] = [];
  if (isOverfilled(order, legs)) alarms.push('OVERFILLED');
  if (legs.length === 1 && fills.some((fill) => isOutsideLimit(order, fill))) alarms.push('PRICE_OUTSIDE_LIMIT');
  if (fills.some((fill) => isBeforeEntry(order, fill))) alarms.push('FILL_BEFORE_ENTRY');
  return alarms;
}

/** Only for orders of one leg: the limit of a multi-leg order bounds the net price, not a leg's. */
function isOutsideLimit(order: OrderFacts, fill: Fill): boolean {
  const side = sideOf(order.legs[0]?.instruction ?? null);
  if (order.limitPrice === null || side === null) return false;
  return side === 'BUY' ? fill.price.gt(order.limitPrice) : fill.price.lt(order.limitPrice);
}

/** Broker times are whole seconds, so a fill in the second of entry is fine. */
function isBeforeEntry(order: OrderFacts, fill: Fill): boolean {
  if (order.enteredAt === null || fill.occurredAt === null) return false;
  return fill.occurredAt < Math.floor(order.enteredAt / SECOND) * SECOND;
}
