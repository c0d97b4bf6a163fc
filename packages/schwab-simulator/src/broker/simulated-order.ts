import { z } from 'zod';
import { plannedFillSchema } from './planned-fill.ts';

/** The words an order can end with. */
export const ENDING_STATUSES = ['FILLED', 'CANCELED', 'EXPIRED', 'REPLACED', 'REJECTED'] as const;

/** What a leg of shares can be told. */
export const INSTRUCTIONS = ['BUY', 'SELL', 'BUY_TO_COVER', 'SELL_SHORT'] as const;

/** What any leg can be told. */
export const LEG_INSTRUCTIONS = [
  ...INSTRUCTIONS,
  'BUY_TO_OPEN',
  'BUY_TO_CLOSE',
  'SELL_TO_OPEN',
  'SELL_TO_CLOSE',
] as const;

/** The types that a client can place here. */
export const ORDER_TYPES = [
  'MARKET',
  'LIMIT',
  'STOP',
  'STOP_LIMIT',
  'TRAILING_STOP',
  'MARKET_ON_CLOSE',
  'LIMIT_ON_CLOSE',
] as const;

/** The types that an order can be scripted with. */
export const SCRIPTED_ORDER_TYPES = [...ORDER_TYPES, 'NET_DEBIT', 'NET_CREDIT', 'NET_ZERO'] as const;

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
  /** Reported as `filledQuantity` once anything has filled, whatever the fills add up to; null for their own sum. */
  claimedFilledQuantity: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,12})?$/, 'must be a plain decimal')
    .nullable()
    .default(null),
  /** `apart`: the minute candles of the symbol take no notice of this order's fills. */
  candles: z.enum(['cover-fills', 'apart']).default('cover-fills'),
});

const plannedEndingSchema = z.object({
  /** Epoch milliseconds. */
  at: z.number().int(),
  status: z.enum(ENDING_STATUSES),
  /** Schwab's `statusDescription`, the reason for a rejection. */
  description: z.string().nullable(),
});

/** A stretch of time under a status word of its own. */
const phaseSchema = z.object({
  /** Epoch milliseconds. */
  at: z.number().int(),
  /** Epoch milliseconds. A phase with an end holds until then, whatever happens; one without yields to the ending. */
  until: z.number().int().nullable(),
  status: z.string().min(1),
});

/** An activity that is no trade, under an execution type that a client may not know. */
const noticeSchema = z.object({
  /** Epoch milliseconds. */
  at: z.number().int(),
  activityType: z.string().min(1),
  executionType: z.string().min(1),
});

const orderLegSchema = z.object({
  legId: z.string(),
  symbol: z.string(),
  instruction: z.enum(LEG_INSTRUCTIONS),
  /** Units of this leg per unit of the order: 100 for the shares of a covered call, 2 for a side of a ratio spread. */
  ratio: z.string(),
});

/** How the account's transactions tell of the order. */
const transactionsSchema = z.object({
  /** How long after a trade its transaction appears. */
  delayMs: z.number().int().nonnegative(),
  /** No transaction ever. */
  missing: z.boolean(),
  /** USD per share in the place of the true price. */
  price: z.string().nullable(),
  /** Transactions under this order's id without a trade behind them. */
  extra: z.array(z.object({ at: z.number().int(), quantity: z.string(), price: z.string() })),
});

const PLAIN_TRANSACTIONS: z.infer<typeof transactionsSchema> = { delayMs: 0, missing: false, price: null, extra: [] };

const orderSchema = z.object({
  /** Digits; may exceed 2^53. */
  orderId: z.string().regex(/^\d+$/),
  accountNumber: z.string(),
  /** Of the first leg. */
  symbol: z.string(),
  instruction: z.enum(LEG_INSTRUCTIONS),
  orderType: z.enum(SCRIPTED_ORDER_TYPES),
  duration: z.string(),
  /** Schwab's `session`: NORMAL, AM, PM or SEAMLESS. */
  session: z.string(),
  /** Shares, or spreads of a multi-leg order; plain decimal text, as are the prices (USD per share or net per spread). */
  quantity: z.string(),
  limitPrice: z.string().nullable(),
  stopPrice: z.string().nullable(),
  /** Epoch milliseconds. Before this instant the broker does not know the order. */
  enteredAt: z.number().int(),
  /** In the order in which they happen. */
  fills: z.array(plannedFillSchema),
  ending: plannedEndingSchema.nullable(),
  oddities: odditiesSchema,
  /** The legs of a multi-leg order; empty when symbol and instruction say it all. */
  legs: z.array(orderLegSchema).default([]),
  /** Schwab's `complexOrderStrategyType`. */
  complexStrategy: z.string().default('NONE'),
  phases: z.array(phaseSchema).default([]),
  notices: z.array(noticeSchema).default([]),
  transactions: transactionsSchema.default(PLAIN_TRANSACTIONS),
  /** The order that this one replaces. The broker's reports never tell. */
  replaces: z.string().nullable().default(null),
  replacedBy: z.string().nullable().default(null),
});

const groupSchema = z.object({
  strategy: z.literal('OCO'),
  orderId: z.string().regex(/^\d+$/),
  accountNumber: z.string(),
  enteredAt: z.number().int(),
});

/**
 * One order as a script: what happens to it, at which absolute instants. Nothing in it changes as time passes; what the
 * broker says at an instant, and what is true then, are pure functions of the script and that instant.
 *
 * Without `ending` the order ends FILLED with the fill that completes it, or else works on for ever. Its children go
 * live when it is filled.
 */
export interface SimulatedOrder extends Readonly<z.infer<typeof orderSchema>> {
  readonly children: readonly SimulatedNode[];
}

/** Orders that cancel each other: the node above them has an id and a status, and is no order itself. */
export interface SimulatedGroup extends Readonly<z.infer<typeof groupSchema>> {
  readonly children: readonly SimulatedNode[];
}

export type SimulatedNode = SimulatedOrder | SimulatedGroup;

const children = z.array(z.lazy((): z.ZodType<SimulatedNode> => simulatedNodeSchema)).default([]);

/** An order with all below it, as it is kept between runs. */
export const simulatedNodeSchema: z.ZodType<SimulatedNode> = z.union([
  groupSchema.extend({ children }),
  orderSchema.extend({ children }),
]);

export type PlannedEnding = z.infer<typeof plannedEndingSchema>;
export type Oddities = z.infer<typeof odditiesSchema>;
export type OrderLeg = z.infer<typeof orderLegSchema>;

export const NO_ODDITIES: Oddities = {
  statusText: null,
  omitFields: [],
  shuffleActivities: false,
  activityIds: 'from-start',
  timeForm: '+0000',
  numbersAs: 'double',
  claimedFilledQuantity: null,
  candles: 'cover-fills',
};

/** What an order has that nothing further was scripted for. */
export const NOTHING_FURTHER = {
  legs: [],
  complexStrategy: 'NONE',
  phases: [],
  notices: [],
  transactions: PLAIN_TRANSACTIONS,
  replaces: null,
  replacedBy: null,
  children: [],
} satisfies Partial<SimulatedOrder>;

/** The legs of an order. A plain one has a single leg of its own symbol. */
export function legsOf({ legs, symbol, instruction }: SimulatedOrder): readonly OrderLeg[] {
  return legs.length > 0 ? legs : [{ legId: '1', symbol, instruction, ratio: '1' }];
}

export function buys({ instruction }: OrderLeg): boolean {
  return instruction.startsWith('BUY');
}
