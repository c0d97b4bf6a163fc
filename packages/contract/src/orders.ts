import { z } from 'zod';
import { blindCause } from './blind-spots.ts';
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

/** What two witnesses, the order's own report and the account's transactions, come to. */
export const verificationVerdict = z.enum(['VERIFIED', 'ONE_SOURCE', 'DISAGREE', 'UNPRICED']);
export type VerificationVerdict = z.infer<typeof verificationVerdict>;

/** An order as lists show it. */
export const listedOrder = order.extend({
  assetType: z.string().nullable(),
  /** Schwab's `session`: NORMAL, AM, PM or SEAMLESS. */
  orderSession: z.string().nullable(),
  duration: z.string().nullable(),
  limitPrice: decimalText.nullable(),
  stopPrice: decimalText.nullable(),
  /**
   * Exact sum of price times quantity, USD; null for multi-leg orders, whose legs are different things. Of an option it
   * is before the contract's multiplier, which is 100 as a rule and which the record does not have.
   */
  sum: decimalText.nullable(),
  legCount: z.number().int(),
  fillCount: z.number().int(),
  source: z.enum(['TRACKED', 'DISCOVERED', 'IMPORTED']),
  firstSeenAt: timeText,
  lastChangedAt: timeText,
  /** When the broker was last asked about it. */
  lastCheckedAt: timeText,
  /**
   * With what that moves on: each complete look (`lastCompleteAt` of the poller), or those that reach back to orders of
   * earlier dates (`lastSweepAt`). Null for what is asked about by its id, and for what has ended.
   */
  lookedAtWith: z.enum(['EACH_LOOK', 'SWEEPS']).nullable(),
  /**
   * From the broker's time of the order's last fill to its record, ms. An upper bound, as broker times are whole
   * seconds. Null while nothing filled, and when the broker gave no time.
   */
  detectionLatencyMs: z.number().int().nonnegative().nullable(),
  /** Null until the account's transactions were asked about the fills that count. */
  verdict: verificationVerdict.nullable(),
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

/** A leg with the exact sum that its average comes from; an option's is before the contract's multiplier. */
export const fullLeg = orderLeg.extend({ assetType: z.string().nullable(), sum: decimalText });
export type FullLeg = z.infer<typeof fullLeg>;

export const fullFill = fill.extend({
  /** When the record had it. */
  committedAt: timeText,
  /** The blind spot in which it happened and after which it was found; null when it was seen as usual. */
  foundLate: z.object({ id: z.number().int(), cause: blindCause }).nullable(),
});
export type FullFill = z.infer<typeof fullFill>;

/** A fill that a correction, a bust or a person took back. It counts in no number of the order. */
export const withdrawnFill = fullFill.extend({ withdrawnAt: timeText });
export type WithdrawnFill = z.infer<typeof withdrawnFill>;

/** A person's word that an order is over. */
export const resolution = z.object({ by: z.string(), reason: z.string(), at: timeText });
export type Resolution = z.infer<typeof resolution>;

/**
 * The last comparison with the account's transactions. Sums are null for multi-leg orders; of an option they are before
 * the contract's multiplier.
 */
export const verification = z.object({
  verdict: verificationVerdict,
  recordQuantity: decimalText.nullable(),
  recordSum: decimalText.nullable(),
  transactionsQuantity: decimalText.nullable(),
  transactionsSum: decimalText.nullable(),
  /** USD; below zero for a rebate; null when no transaction tells. */
  fees: decimalText.nullable(),
  checkedAt: timeText,
});
export type Verification = z.infer<typeof verification>;

/** One order took the place of another: ids of the record. */
export const chainLink = z.object({
  from: z.number().int(),
  to: z.number().int(),
  /** INFERRED by symbol, side, quantity and time; OPERATOR: a person said so. */
  basis: z.enum(['INFERRED', 'OPERATOR']),
});
export type ChainLink = z.infer<typeof chainLink>;

/** A replaced order whose successor is one of several, and nothing tells which: a person can. */
export const ambiguousReplacement = z.object({ from: listedOrder, candidates: z.array(listedOrder) });
export type AmbiguousReplacement = z.infer<typeof ambiguousReplacement>;

/** Over all orders of a chain, each counted once. Null where something is not known or does not add up. */
export const chainTotals = z.object({
  filledQuantity: decimalText.nullable(),
  /** Of an option before the contract's multiplier. */
  sum: decimalText.nullable(),
  averagePrice: decimalText.nullable(),
});
export type ChainTotals = z.infer<typeof chainTotals>;

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
  /** Those that count, by broker time. */
  fills: z.array(fullFill),
  /** Those that were taken back, by broker time. */
  withdrawnFills: z.array(withdrawnFill),
  /** Null unless a person closed it. */
  resolution: resolution.nullable(),
  verification: verification.nullable(),
  audit: z.array(fullAuditEntry),
  /** The orders that replaced one another, oldest first; at least this one. */
  chain: z.array(listedOrder),
  chainLinks: z.array(chainLink),
  /** Null when the order is in no chain, and when the orders of its chain do not trade the same. */
  chainTotals: chainTotals.nullable(),
  /** Replacements that this order, or another of its chain, may have part in. */
  chainAmbiguous: z.array(ambiguousReplacement),
  /** Oldest first. */
  evidence: z.array(evidence),
});
export type FullOrder = z.infer<typeof fullOrder>;
