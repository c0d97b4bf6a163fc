import { z } from 'zod';
import { decimalText, netPrice, orderStatus, timeText, wholeNumberText } from './values.ts';

/**
 * One change of a fill. Numbers have no gap, and each is given once: a reader that goes on from the last one it has
 * handled misses no fill and counts none twice.
 *
 * - RECORDED: the fill counts from now on.
 * - CORRECTED: it takes the place of the fill of event `replacesSequence`.
 * - WITHDRAWN: the fill of event `replacesSequence` counts no longer.
 */
export const fillEvent = z.object({
  sequence: z.number().int().positive(),
  kind: z.enum(['RECORDED', 'CORRECTED', 'WITHDRAWN']),
  /** Null for a fill that is new, and for the correction of one that never counted. */
  replacesSequence: z.number().int().positive().nullable(),
  recordedAt: timeText,
  /** As it is now, at the time of this answer, not as it was at this event: it may have filled further since. */
  order: z.object({
    id: z.number().int(),
    /** Our short account id. */
    account: z.string(),
    brokerOrderId: z.string().nullable(),
    symbol: z.string().nullable(),
    instruction: z.string().nullable(),
    quantity: decimalText.nullable(),
    filledQuantity: decimalText.nullable(),
    averagePrice: decimalText.nullable(),
    netPrice: netPrice.nullable(),
    status: orderStatus,
    outcome: z.string().nullable(),
  }),
  fill: z.object({
    /** May be refined when the broker names the execution later: go by `sequence`, not by this. */
    key: z.string(),
    legId: z.string(),
    /** Of its leg. */
    symbol: z.string().nullable(),
    instruction: z.string().nullable(),
    price: decimalText,
    quantity: decimalText,
    /** The broker's time, whole seconds; null when it gave none. */
    occurredAt: timeText.nullable(),
    /** When the tracker saw it. */
    observedAt: timeText,
    version: z.number().int().positive(),
  }),
});
export type FillEvent = z.infer<typeof fillEvent>;

/** `GET /api/fills`, oldest first. */
export const fillFeed = z.object({
  items: z.array(fillEvent),
  /** The newest number there is; 0 before the first. */
  lastSequence: z.number().int().nonnegative(),
  /** Whether more follow the items given. */
  hasMore: z.boolean(),
});
export type FillFeed = z.infer<typeof fillFeed>;

/** Changes of fills in one answer, at most. */
export const MAX_FILLS_AT_ONCE = 1_000;

export const fillFeedQuery = z.strictObject({
  /** The last number that the reader has handled; 0 for all there is. */
  after: wholeNumberText(0, Number.MAX_SAFE_INTEGER).default(0),
  limit: wholeNumberText(1, MAX_FILLS_AT_ONCE).default(100),
});
export type FillFeedQueryInput = z.input<typeof fillFeedQuery>;
