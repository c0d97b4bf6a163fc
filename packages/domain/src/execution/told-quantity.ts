/**
 * What an answer's own executions come to, priced or not. A fill that lacks its price, or its quantity, is no fill yet;
 * but it is a word that something filled, and an order must not end as if nobody had said it.
 */
import { type Decimal, ZERO } from '../decimal.ts';
import type { ReportedActivity, ReportedExecutionLeg, ReportedOrder } from '../order/reported-order.ts';
import { type Fill, fillOf, isFillActivity } from './fill.ts';
import { ownQuantityOf } from './fill-evidence.ts';
import { summariseLegs } from './leg-summary.ts';

/**
 * In units of the order; null while every fill is priced. A fill at price zero speaks only where no filled quantity
 * does, for that is also how Schwab writes what did not trade.
 */
export function leastFilledQuantityOf(reported: ReportedOrder): Decimal | null {
  const fills = reported.activities.filter(isFillActivity);
  const claimed = fills.flatMap((activity) => claimsIn(reported, activity));
  // Nobody says how much: where no filled quantity does, it may be all that was ordered.
  const isAnyQuantity = reported.filledQuantity === null && fills.some(isUntold);
  if (!isAnyQuantity && claimed.every(({ price }) => price.gt(0))) return null;
  const told = ownQuantityOf(reported, summariseLegs(reported, claimed));
  return isAnyQuantity && reported.quantity?.gt(told) === true ? reported.quantity : told;
}

/** True when something filled, and nothing in the answer says how much it can have been. */
export function isBeyondTelling({ filledQuantity, quantity, activities }: ReportedOrder): boolean {
  return (
    filledQuantity === null && quantity === null && activities.some((each) => isFillActivity(each) && isUntold(each))
  );
}

/** True for a fill of which nobody says how much it was. */
function isUntold({ legs }: ReportedActivity): boolean {
  return legs.length === 0 || legs.some(({ quantity }) => quantity === null);
}

/** The fills of an activity, those without a price at price zero. */
function claimsIn(reported: ReportedOrder, activity: ReportedActivity): readonly Fill[] {
  return activity.legs
    .filter((leg) => speaks(reported, leg))
    .flatMap((leg) => fillOf(reported, activity, leg, leg.price ?? ZERO) ?? []);
}

function speaks({ filledQuantity }: ReportedOrder, { price }: ReportedExecutionLeg): boolean {
  return price === null || price.gt(0) || filledQuantity === null;
}
