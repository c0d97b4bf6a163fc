import { z } from 'zod';
import { pageOf } from './page.ts';
import { decimalText, netPrice, orderStatus, timeText } from './values.ts';

/** The core of an order. Prices in USD per share; quantities in shares, contracts or spreads. */
const order = z.object({
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

/** An order as lists show it. */
export const listedOrder = order.extend({
  assetType: z.string().nullable(),
  /** Schwab's `session`: NORMAL, AM, PM or SEAMLESS. */
  orderSession: z.string().nullable(),
  duration: z.string().nullable(),
  limitPrice: decimalText.nullable(),
  stopPrice: decimalText.nullable(),
  /** Exact sum of price times quantity, USD; null for multi-leg orders, whose legs are different things. */
  sum: decimalText.nullable(),
  legCount: z.number().int(),
  fillCount: z.number().int(),
  source: z.enum(['TRACKED', 'DISCOVERED', 'IMPORTED']),
  firstSeenAt: timeText,
  lastChangedAt: timeText,
  /** When the broker was last asked about it: of a pending order, the end of the last complete cycle. */
  lastCheckedAt: timeText,
  /**
   * From the broker's time of the order's last fill to its record, ms. An upper bound, as broker times are whole
   * seconds. Null while nothing filled, and when the broker gave no time.
   */
  detectionLatencyMs: z.number().int().nonnegative().nullable(),
});
export type ListedOrder = z.infer<typeof listedOrder>;

/** `poller orders`: a page without a count. */
export const orderList = pageOf(listedOrder);
export type OrderList = z.infer<typeof orderList>;

/** `GET /api/orders`. */
export const orderPage = pageOf(listedOrder).extend({
  /** Orders that the filter gives, on all pages; counting stops at 10,000. */
  total: z.number().int(),
  totalIsCapped: z.boolean(),
});
export type OrderPage = z.infer<typeof orderPage>;

/** A leg with the exact sum that its average comes from. */
export const fullLeg = orderLeg.extend({ assetType: z.string().nullable(), sum: decimalText });
export type FullLeg = z.infer<typeof fullLeg>;

export const fullFill = fill.extend({
  /** When the record had it. */
  committedAt: timeText,
});
export type FullFill = z.infer<typeof fullFill>;

/** What the broker said when it changed the order, redacted. */
export const evidence = z.object({
  hash: z.string(),
  requestedAt: timeText,
  /** Names the answer in Schwab's own logs. */
  correlationId: z.string().nullable(),
  /** JSON as text, numbers as the broker wrote them: a JSON parser would round some. */
  body: z.string(),
});
export type Evidence = z.infer<typeof evidence>;

/** A line of the audit trail with who wrote it. */
export const fullAuditEntry = auditEntry.extend({
  /** `poller`, or who asked. */
  actor: z.string(),
  /** The poll cycle that wrote it; null for commands. */
  cycleId: z.number().int().nullable(),
});
export type FullAuditEntry = z.infer<typeof fullAuditEntry>;

/** One order with all that is known of it: `GET /api/orders/:id`, `poller show`. */
export const fullOrder = listedOrder.extend({
  /** Why it was rejected, in the broker's words. */
  statusDescription: z.string().nullable(),
  legs: z.array(fullLeg),
  /** By broker time. */
  fills: z.array(fullFill),
  audit: z.array(fullAuditEntry),
  /** The orders that replaced one another, oldest first; at least this one. */
  chain: z.array(listedOrder),
  /** Oldest first. */
  evidence: z.array(evidence),
});
export type FullOrder = z.infer<typeof fullOrder>;
