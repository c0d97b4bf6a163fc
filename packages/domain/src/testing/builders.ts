/** Short ways to write down orders in tests. Every value can be overridden; numbers are decimal text. */
import { decimal } from '../decimal.ts';
import type { Fill, RecordedFill } from '../execution/fill.ts';
import { fillKey } from '../execution/fill-key.ts';
import type { Instant } from '../instant.ts';
import type { OrderLeg, ReportedActivity, ReportedExecutionLeg, ReportedOrder } from '../order/reported-order.ts';

/** 2026-01-05 is a Monday; 15:00 UTC is 10:00 in New York. */
export const MONDAY_TEN: Instant = Date.parse('2026-01-05T15:00:00Z');

export function legOf(overrides: Partial<OrderLeg> = {}): OrderLeg {
  return {
    legId: '1',
    instruction: 'BUY',
    symbol: 'GME',
    assetType: 'EQUITY',
    quantity: decimal('100'),
    ...overrides,
  };
}

/** A working limit order for 100 GME at 22.80, with nothing filled. */
export function orderOf(overrides: Partial<ReportedOrder> = {}): ReportedOrder {
  return {
    brokerOrderId: '1000000000001',
    brokerStatus: 'WORKING',
    statusDescription: null,
    orderType: 'LIMIT',
    orderSession: 'NORMAL',
    duration: 'DAY',
    quantity: decimal('100'),
    filledQuantity: decimal('0'),
    leastFilledQuantity: null,
    limitPrice: decimal('22.80'),
    stopPrice: null,
    enteredAt: MONDAY_TEN,
    closeTime: null,
    legs: [legOf()],
    activities: [],
    children: [],
    ...overrides,
  };
}

export interface FillInput {
  readonly price: string;
  readonly quantity: string;
  readonly legId?: string;
  readonly activityId?: string | null;
  readonly remainingAfter?: string | null;
  /** Seconds after the order was entered. */
  readonly second?: number;
}

/** One EXECUTION + FILL activity with one leg. */
export function fillActivity(fill: FillInput): ReportedActivity {
  return activityOf({
    activityId: fill.activityId ?? null,
    remainingAfter:
      fill.remainingAfter === undefined || fill.remainingAfter === null ? null : decimal(fill.remainingAfter),
    legs: [executionLeg(fill)],
  });
}

/** An EXECUTION + FILL activity without legs, unless overridden. */
export function activityOf(overrides: Partial<ReportedActivity> = {}): ReportedActivity {
  return {
    activityType: 'EXECUTION',
    executionType: 'FILL',
    activityId: null,
    remainingAfter: null,
    legs: [],
    ...overrides,
  };
}

export function executionLeg(fill: FillInput): ReportedExecutionLeg {
  return {
    legId: fill.legId ?? '1',
    price: decimal(fill.price),
    quantity: decimal(fill.quantity),
    occurredAt: MONDAY_TEN + (fill.second ?? 1) * 1000,
  };
}

/** A fill as it is read from `fillActivity`. */
export function fillOf(fill: FillInput): Fill {
  const { activityId, remainingAfter } = fillActivity(fill);
  const { price, quantity, legId = '1', second = 1 } = fill;
  return {
    legId,
    price: decimal(price),
    quantity: decimal(quantity),
    occurredAt: MONDAY_TEN + second * 1000,
    activityId,
    remainingAfter,
  };
}

/** A fill that is in the record, with its own key unless one is given. */
export function recordedFillOf(fill: FillInput & { readonly key?: string }): RecordedFill {
  const content = fillOf(fill);
  return { ...content, key: fill.key ?? fillKey(content, new Set()), observedAt: MONDAY_TEN, version: 1 };
}

/** What Schwab sends for a cancel: an EXECUTION with the cancelled quantity at price zero. */
export function cancelActivity(quantity: string, second = 60): ReportedActivity {
  const [leg] = fillActivity({ price: '1', quantity, second }).legs;
  return {
    activityType: 'EXECUTION',
    executionType: 'CANCELED',
    activityId: null,
    remainingAfter: decimal('0'),
    legs: leg === undefined ? [] : [{ ...leg, price: decimal('0') }],
  };
}
