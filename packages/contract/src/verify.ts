import { z } from 'zod';
import { decimalText } from './values.ts';

/** What traded of one kind of instrument. */
const traded = z.object({
  quantity: decimalText,
  /** USD: exact sum of price times quantity; of contracts without their multiplier. */
  notional: decimalText,
});

/** What one side says of a leg in all. */
const witnessTotal = z.object({
  executions: z.number().int(),
  quantity: decimalText,
  /** USD: exact sum of price times quantity; null when an execution has no price. */
  sum: decimalText.nullable(),
});

/** Something in which the record and the broker differ. A side is null when it does not know the order at all. */
const dayDifference = z.object({
  kind: z.enum(['MISSING_IN_RECORD', 'EXTRA_IN_RECORD', 'QUANTITY_DIFFERS', 'PRICE_DIFFERS']),
  account: z.string(),
  brokerOrderId: z.string(),
  /** Null when it is the order as a whole. */
  symbol: z.string().nullable(),
  record: witnessTotal.nullable(),
  broker: witnessTotal.nullable(),
});

/** `poller verify`: what one New York date came to, by the record and by two answers of the broker. */
export const dayVerification = z.object({
  date: z.iso.date(),
  accounts: z.array(z.object({ id: z.string(), maskedNumber: z.string() })),
  /** Orders of the record that were entered or traded on the date. */
  orders: z.number().int(),
  fills: z.number().int(),
  shares: traded,
  contracts: traded,
  /** Of any other kind of instrument. */
  otherUnits: traded,
  /** USD: commission and fees, by the transactions. */
  fees: decimalText,
  /** Orders by what their comparison with the transactions came to. */
  verdicts: z.object({
    VERIFIED: z.number().int(),
    ONE_SOURCE: z.number().int(),
    DISAGREE: z.number().int(),
    UNPRICED: z.number().int(),
  }),
  /** By account, then order id. */
  differences: z.array(dayDifference),
  /** What the broker told and nobody can read without guessing. `id` of the order or of the transaction's activity. */
  unreadable: z.array(
    z.object({ kind: z.enum(['ORDER', 'TRANSACTION']), id: z.string().nullable(), problem: z.string() }),
  ),
  /** Trades that name no order, such as reinvested dividends. */
  transactionsWithoutOrder: z.number().int(),
  /** False when the date lies too far back for the broker's list of orders: then only its transactions were asked. */
  isListed: z.boolean(),
  /** Whether the verdicts were kept in the record. */
  isStored: z.boolean(),
  /** The poller at work, which alone may write the record; null when the verdicts were kept. */
  leaseHolder: z.string().nullable(),
  /** The record's statement of the date, one line for each order that anybody named. */
  lines: z.array(z.string()),
  /** SHA-256, in hex, over the date and the lines, each ended by a line feed. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DayVerification = z.infer<typeof dayVerification>;
