/** From Schwab's words to the domain's: renames and parses fields, and decides nothing. */
import type { ReportedActivity, ReportedOrder } from '@fill-tracker/domain';
import type { SchwabExecutionLeg, SchwabOrder, SchwabOrderActivity } from '@fill-tracker/schwab-client';
import { isInShares, translateLegs } from './translate-legs.ts';
import { instant, number, quantity, UntranslatableError, words } from './translate-values.ts';

/** An order without those below it, and the values that it does without. */
export interface TranslatedOrder {
  readonly order: ReportedOrder;
  /** What is wrong with them, and where. */
  readonly doubts: readonly string[];
}

/**
 * Translates one order; the children are the caller's. Missing fields become null. So do those that have no meaning and
 * prove nothing, such as a time: a fill without its time is somebody's money all the same. But they are told.
 *
 * @param path where the order stands, for messages
 * @throws {UntranslatableError} on a number that cannot be one where the fills or their proof depend on it.
 */
export function translateOrder(order: SchwabOrder, path = 'order'): TranslatedOrder {
  const doubts: string[] = [];
  const orNull: OrNull = (read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UntranslatableError)) throw error;
      doubts.push(error.message);
      return null;
    }
  };
  const orderLegs = order.orderLegCollection ?? [];
  const { legs, sharedIds } = translateLegs(orderLegs, `${path}.orderLegCollection`);
  const told = quantity(order.quantity, `${path}.quantity`);
  const translated = {
    brokerOrderId: order.orderId,
    brokerStatus: order.status,
    statusDescription: orNull(() => words(order.statusDescription, `${path}.statusDescription`)),
    orderType: orNull(() => words(order.orderType, `${path}.orderType`)),
    orderSession: orNull(() => words(order.session, `${path}.session`)),
    duration: orNull(() => words(order.duration, `${path}.duration`)),
    quantity: orderLegs.every(isInShares) ? told : null,
    filledQuantity: quantity(order.filledQuantity, `${path}.filledQuantity`),
    leastFilledQuantity: null,
    limitPrice: number(order.price, `${path}.price`),
    stopPrice: orNull(() => number(order.stopPrice, `${path}.stopPrice`)),
    enteredAt: orNull(() => instant(order.enteredTime, `${path}.enteredTime`)),
    closeTime: orNull(() => instant(order.closeTime, `${path}.closeTime`)),
    legs,
    activities: (order.orderActivityCollection ?? []).map((activity, i) =>
      translateActivity(activity, `${path}.orderActivityCollection[${i}]`, { orNull, sharedIds }),
    ),
    children: [],
  };
  return { order: translated, doubts };
}

/** Reads a value that the order can do without. */
type OrNull = <T>(read: () => T | null) => T | null;

/** How the executions of an order are read. */
interface Reading {
  readonly orNull: OrNull;
  /** Ids that name no single leg. */
  readonly sharedIds: ReadonlySet<string>;
}

function translateActivity(activity: SchwabOrderActivity, path: string, reading: Reading): ReportedActivity {
  const legs = activity.executionLegs ?? [];
  return {
    activityType: activity.activityType ?? null,
    executionType: activity.executionType ?? null,
    activityId: activity.activityId ?? null,
    remainingAfter: number(activity.orderRemainingQuantity, `${path}.orderRemainingQuantity`),
    legs: legs.map((leg, i) => translateExecutionLeg(leg, `${path}.executionLegs[${i}]`, reading)),
  };
}

function translateExecutionLeg(
  leg: SchwabExecutionLeg,
  path: string,
  { orNull, sharedIds }: Reading,
): ReportedActivity['legs'][number] {
  const legId = leg.legId ?? null;
  return {
    legId: legId !== null && sharedIds.has(legId) ? null : legId,
    price: number(leg.price, `${path}.price`),
    quantity: quantity(leg.quantity, `${path}.quantity`),
    occurredAt: orNull(() => instant(leg.time, `${path}.time`)),
  };
}
