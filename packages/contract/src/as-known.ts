import { z } from 'zod';
import { askedInstant, decimalText, orderStatus, timeText } from './values.ts';

const fillAsKnown = z.object({
  key: z.string(),
  version: z.number().int(),
  legId: z.string(),
  price: decimalText,
  quantity: decimalText,
  occurredAt: timeText.nullable(),
});

/** The order at that instant, from the audit trail alone. */
const knownThen = z.object({
  status: orderStatus,
  outcome: z.string().nullable(),
  /** The broker's own word; null before its first report. */
  brokerStatus: z.string().nullable(),
  filledQuantity: decimalText.nullable(),
  sum: decimalText.nullable(),
  averagePrice: decimalText.nullable(),
  priceCents: z.number().int().nullable(),
  /** Such as `2.15 CREDIT`; multi-leg orders only. */
  netPrice: z.string().nullable(),
  flags: z.array(z.string()),
  /** Quantity, limit and other terms; empty before the broker's first report. */
  terms: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** Those that counted then, in the order in which they came into the record. */
  fills: z.array(fillAsKnown),
});

/** `GET /api/orders/:id?asKnownAt=T`, `poller show ID --as-known-at T`: what the record said at an instant. */
export const orderAsKnown = z.object({
  id: z.number().int(),
  account: z.object({ id: z.string(), maskedNumber: z.string() }),
  brokerOrderId: z.string().nullable(),
  asKnownAt: timeText,
  /** When the order came into the record. */
  recordedSince: timeText,
  /** Null: the record did not have the order yet. */
  known: knownThen.nullable(),
});
export type OrderAsKnown = z.infer<typeof orderAsKnown>;

/** The query of one order. */
export const orderDetailQuery = z.strictObject({
  asKnownAt: askedInstant.optional(),
});
export type OrderDetailQueryInput = z.input<typeof orderDetailQuery>;
