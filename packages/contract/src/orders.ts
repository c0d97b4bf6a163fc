import { z } from 'zod';
import { decimalText, netPrice, orderStatus, timeText } from './values.ts';

/** One order, as lists show it. Prices in USD per share; quantities in shares, contracts or spreads. */
export const order = z.object({
  id: z.number().int(),
  /** Our short account id with the masked number, never the whole number. */
  account: z.object({ id: z.string(), maskedNumber: z.string() }),
  brokerOrderId: z.string().nullable(),
  symbol: z.string().nullable(),
  instruction: z.string().nullable(),
  orderType: z.string().nullable(),
  quantity: decimalText.nullable(),
  filledQuantity: decimalText.nullable(),
  /** Null for multi-leg orders, which have a net price, and while nothing has filled. */
  averagePrice: decimalText.nullable(),
  netPrice: netPrice.nullable(),
  priceCents: z.number().int().nullable(),
  status: orderStatus,
  outcome: z.string().nullable(),
  brokerStatus: z.string().nullable(),
  enteredAt: timeText.nullable(),
  closedAt: timeText.nullable(),
  flags: z.array(z.string()),
});
export type Order = z.infer<typeof order>;

export const orderLeg = z.object({
  legId: z.string(),
  instruction: z.string().nullable(),
  symbol: z.string().nullable(),
  quantity: decimalText.nullable(),
  filledQuantity: decimalText,
  averagePrice: decimalText.nullable(),
});

export const fill = z.object({
  key: z.string(),
  legId: z.string(),
  price: decimalText,
  quantity: decimalText,
  /** The broker's time, whole seconds; null when it gave none. */
  occurredAt: timeText.nullable(),
  /** When the tracker saw it. */
  observedAt: timeText,
  version: z.number().int(),
});

export const auditEntry = z.object({
  seq: z.number().int(),
  kind: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  reason: z.string(),
  recordedAt: timeText,
});

/** One order with all that is known of it. */
export const orderDetail = order.extend({
  statusDescription: z.string().nullable(),
  limitPrice: decimalText.nullable(),
  /** Exact sum of price times quantity, USD; null for multi-leg orders. */
  sum: decimalText.nullable(),
  legs: z.array(orderLeg),
  fills: z.array(fill),
  audit: z.array(auditEntry),
});
export type OrderDetail = z.infer<typeof orderDetail>;

export const orderList = z.object({ items: z.array(order), nextCursor: z.string().nullable() });
export type OrderList = z.infer<typeof orderList>;
