import { decimal, type Decimal, type Instant, type ReportedActivity, type ReportedOrder } from '@fill-tracker/domain';
import type { Random } from './random.ts';

/** Ten-thousandths of a dollar: whole numbers, so that no price is ever a fraction in floating point. */
export type Ticks = number;

/** When a made-up order is entered, and when the broker is asked about it. */
export interface OrderTimes {
  readonly enteredAt: Instant;
  /** The first look: the order has just come in. */
  readonly firstLookAt: Instant;
  /** The second look: what was to happen has happened, most of it in the seconds before. */
  readonly secondLookAt: Instant;
}

/** An order about to be made up. */
export interface OrderDraft extends OrderTimes {
  readonly random: Random;
  readonly brokerOrderId: string;
  readonly symbol: string;
  readonly assetType: string;
  readonly buys: boolean;
  readonly shares: number;
  readonly ticks: Ticks;
}

/** What the broker says of an order at the first look and at the second. */
export interface MadeUpOrder {
  readonly first: ReportedOrder;
  readonly second: ReportedOrder;
}

/** The order as it came in: at the market, nothing traded. */
export function enteredOrder(draft: OrderDraft, limit: Ticks | null): ReportedOrder {
  const { brokerOrderId, symbol, assetType, buys, shares, enteredAt } = draft;
  const quantity = decimal(String(shares));
  return {
    brokerOrderId,
    brokerStatus: 'WORKING',
    statusDescription: null,
    orderType: limit === null ? 'MARKET' : 'LIMIT',
    orderSession: 'NORMAL',
    duration: 'DAY',
    quantity,
    leastFilledQuantity: null,
    filledQuantity: decimal('0'),
    limitPrice: limit === null ? null : priceOf(limit),
    stopPrice: null,
    enteredAt,
    closeTime: null,
    legs: [{ legId: '1', instruction: buys ? 'BUY' : 'SELL', symbol, assetType, quantity }],
    activities: [],
    children: [],
  };
}

/** `filled` shares in up to `parts` uneven parts, at the draft's price or a little better, within the last seconds. */
export function fillsOf(draft: OrderDraft, filled: number, parts: number): ReportedActivity[] {
  const { random, brokerOrderId, buys } = draft;
  let left = draft.shares;
  return splitShares(random, filled, parts).map((part, i, all) => {
    left -= part;
    const improvement = random.between(0, Math.max(1, Math.floor(draft.ticks / 20_000)));
    return {
      activityType: 'EXECUTION',
      executionType: 'FILL',
      activityId: `${brokerOrderId}${i + 1}`,
      remainingAfter: decimal(String(left)),
      legs: [
        {
          legId: '1',
          price: priceOf(draft.ticks + (buys ? -improvement : improvement)),
          quantity: decimal(String(part)),
          occurredAt: fillTime(draft, all.length - i),
        },
      ],
    };
  });
}

/** Broker time is whole seconds; the last fill is the one most lately before the look. */
export function fillTime({ enteredAt, secondLookAt }: OrderTimes, fromLast: number): Instant {
  return Math.floor(Math.max(enteredAt, secondLookAt - fromLast * 700) / 1_000) * 1_000;
}

/** USD per share. */
export function priceOf(ticks: Ticks): Decimal {
  return decimal(`${Math.trunc(ticks / 10_000)}.${String(ticks % 10_000).padStart(4, '0')}`);
}

/** From a dollar up a limit price has no more than two decimals. */
export function wholeCents(ticks: Ticks): Ticks {
  return Math.round(ticks / 100) * 100;
}

function splitShares(random: Random, shares: number, parts: number): readonly number[] {
  if (parts <= 1 || shares <= 1) return [shares];
  const fair = Math.floor(shares / parts);
  const first = random.between(Math.max(1, Math.floor(fair / 2)), Math.max(1, fair));
  return [first, ...splitShares(random, shares - first, parts - 1)];
}
