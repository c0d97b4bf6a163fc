/** From Schwab's words to the domain's: renames and parses fields, and decides nothing. */
import {
  type Decimal,
  type Instant,
  type OrderLeg,
  parseDecimal,
  type ReportedActivity,
  type ReportedOrder,
} from '@fill-tracker/domain';
import type { SchwabExecutionLeg, SchwabOrder, SchwabOrderActivity, SchwabOrderLeg } from '@fill-tracker/schwab-client';
import { DateTime } from 'luxon';

/** A value that Schwab sent and that has no meaning, such as a quantity below zero. `path` says where it stands. */
export class UntranslatableError extends Error {
  override readonly name = 'UntranslatableError';
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path} ${problem}`);
    this.path = path;
  }
}

/**
 * Translates one order with its children.
 *
 * @throws {UntranslatableError} on a number or time that cannot be one; missing fields become null.
 */
export function translateOrder(order: SchwabOrder, path = 'order'): ReportedOrder {
  return {
    brokerOrderId: order.orderId,
    brokerStatus: order.status,
    statusDescription: order.statusDescription ?? null,
    orderType: order.orderType ?? null,
    orderSession: order.session ?? null,
    duration: order.duration ?? null,
    quantity: quantity(order.quantity, `${path}.quantity`),
    filledQuantity: quantity(order.filledQuantity, `${path}.filledQuantity`),
    leastFilledQuantity: null,
    limitPrice: number(order.price, `${path}.price`),
    stopPrice: number(order.stopPrice, `${path}.stopPrice`),
    enteredAt: instant(order.enteredTime, `${path}.enteredTime`),
    closeTime: instant(order.closeTime, `${path}.closeTime`),
    legs: (order.orderLegCollection ?? []).map((leg, i) => translateLeg(leg, i, `${path}.orderLegCollection[${i}]`)),
    activities: (order.orderActivityCollection ?? []).map((activity, i) =>
      translateActivity(activity, `${path}.orderActivityCollection[${i}]`),
    ),
    children: (order.childOrderStrategies ?? []).map((child, i) =>
      translateOrder(child, `${path}.childOrderStrategies[${i}]`),
    ),
  };
}

/** Schwab numbers legs from 1; a leg without id takes its place in the list. */
function translateLeg(leg: SchwabOrderLeg, index: number, path: string): OrderLeg {
  return {
    legId: leg.legId ?? String(index + 1),
    instruction: leg.instruction ?? null,
    symbol: leg.instrument?.symbol ?? null,
    assetType: leg.instrument?.assetType ?? leg.orderLegType ?? null,
    quantity: quantity(leg.quantity, `${path}.quantity`),
  };
}

function translateActivity(activity: SchwabOrderActivity, path: string): ReportedActivity {
  return {
    activityType: activity.activityType ?? null,
    executionType: activity.executionType ?? null,
    activityId: activity.activityId ?? null,
    remainingAfter: number(activity.orderRemainingQuantity, `${path}.orderRemainingQuantity`),
    legs: (activity.executionLegs ?? []).map((leg, i) => translateExecutionLeg(leg, `${path}.executionLegs[${i}]`)),
  };
}

function translateExecutionLeg(leg: SchwabExecutionLeg, path: string): ReportedActivity['legs'][number] {
  return {
    legId: leg.legId ?? null,
    price: number(leg.price, `${path}.price`),
    quantity: quantity(leg.quantity, `${path}.quantity`),
    occurredAt: instant(leg.time, `${path}.time`),
  };
}

/** The exact value of a number's text; null when there is none. @throws {UntranslatableError} when it cannot be one */
export function number(text: string | null | undefined, path: string): Decimal | null {
  if (text === null || text === undefined) return null;
  const value = parseDecimal(text);
  if (value === null) throw new UntranslatableError(path, `is no number within bounds: "${text.slice(0, 40)}"`);
  return value;
}

function quantity(text: string | null | undefined, path: string): Decimal | null {
  const value = number(text, path);
  if (value?.isNegative() === true && !value.isZero()) throw new UntranslatableError(path, `is below zero: ${text}`);
  return value;
}

/**
 * Schwab writes `2025-08-29T17:15:17+0000`; `+00:00` and `Z` occur too. A time without zone is taken as UTC.
 *
 * @throws {UntranslatableError} when it cannot be a time; null when there is none.
 */
export function instant(text: string | null | undefined, path: string): Instant | null {
  if (text === null || text === undefined) return null;
  const time = DateTime.fromISO(text, { zone: 'utc' });
  if (!time.isValid) throw new UntranslatableError(path, `is no time: "${text.slice(0, 40)}"`);
  return time.toMillis();
}
