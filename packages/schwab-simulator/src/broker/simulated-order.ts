import { z } from 'zod';

/** The words an order can end with. */
export const ENDING_STATUSES = ['FILLED', 'CANCELED', 'EXPIRED', 'REPLACED', 'REJECTED'] as const;

export const INSTRUCTIONS = ['BUY', 'SELL', 'BUY_TO_COVER', 'SELL_SHORT'] as const;

export const ORDER_TYPES = [
  'MARKET',
  'LIMIT',
  'STOP',
  'STOP_LIMIT',
  'TRAILING_STOP',
  'MARKET_ON_CLOSE',
  'LIMIT_ON_CLOSE',
] as const;

/** Ways in which real reports of this broker, or of clients in front of it, differ from the usual form. */
export const odditiesSchema = z.object({
  /** Reported instead of the true status, from entry on: a word nobody knows, or a live one such as PENDING_CANCEL. */
  statusText: z.string().min(1).nullable(),
  /** Top-level fields of the order that its report leaves out. The truth does not forget what the report omits. */
  omitFields: z.array(z.string()),
  /** Activities in an order that means nothing, which is how real reports come. */
  shuffleActivities: z.boolean(),
  /** `late`: ids appear only once the order has ended. */
  activityIds: z.enum(['from-start', 'late', 'absent']),
  timeForm: z.enum(['+0000', '+00:00', 'Z']),
  numbersAs: z.enum(['double', 'integer', 'string']),
});

const plannedFillSchema = z.object({
  /** Epoch milliseconds. */
  at: z.number().int(),
  /** Shares, plain decimal text. */
  quantity: z.string(),
  /** USD per share, plain decimal text. */
  price: z.string(),
});

const plannedEndingSchema = z.object({
  /** Epoch milliseconds. */
  at: z.number().int(),
  status: z.enum(ENDING_STATUSES),
  /** Schwab's `statusDescription`, the reason for a rejection. */
  description: z.string().nullable(),
});

/**
 * One order as a script: what happens to it, at which absolute instants. Nothing in it changes as time passes; what the
 * broker says at an instant, and what is true then, are pure functions of the script and that instant.
 *
 * Without `ending` the order ends FILLED with the fill that completes it, or else works on for ever.
 */
export const simulatedOrderSchema = z.object({
  /** Digits; may exceed 2^53. */
  orderId: z.string().regex(/^\d+$/),
  accountNumber: z.string(),
  symbol: z.string(),
  instruction: z.enum(INSTRUCTIONS),
  orderType: z.enum(ORDER_TYPES),
  duration: z.string(),
  /** Schwab's `session`: NORMAL, AM, PM or SEAMLESS. */
  session: z.string(),
  /** Shares, plain decimal text, as are the prices (USD per share). */
  quantity: z.string(),
  limitPrice: z.string().nullable(),
  stopPrice: z.string().nullable(),
  /** Epoch milliseconds. Before this instant the broker does not know the order. */
  enteredAt: z.number().int(),
  /** In the order in which they happen. */
  fills: z.array(plannedFillSchema),
  ending: plannedEndingSchema.nullable(),
  oddities: odditiesSchema,
});

export type SimulatedOrder = Readonly<z.infer<typeof simulatedOrderSchema>>;
export type PlannedFill = z.infer<typeof plannedFillSchema>;
export type PlannedEnding = z.infer<typeof plannedEndingSchema>;
export type Oddities = z.infer<typeof odditiesSchema>;

export const NO_ODDITIES: Oddities = {
  statusText: null,
  omitFields: [],
  shuffleActivities: false,
  activityIds: 'from-start',
  timeForm: '+0000',
  numbersAs: 'double',
};
