import { z } from 'zod';
import { decimalText, timeText } from './values.ts';

/** `poller import`: what came of the older bot's rows. */
export const importSummary = z.object({
  account: z.string(),
  /** In the older database. */
  rows: z.number().int(),
  added: z.number().int(),
  alreadyKnown: z.number().int(),
  /** Rows that were left out, or have changed since they were taken over. */
  problems: z.array(z.object({ row: z.string(), problem: z.string() })),
  /** Imported orders of the account that `poller backfill` can ask the broker about. */
  toBackfill: z.number().int(),
});
export type ImportSummary = z.infer<typeof importSummary>;

const importedOrder = z.object({
  id: z.number().int(),
  account: z.string(),
  /** Null when the older database had none. */
  brokerOrderId: z.string().nullable(),
  symbol: z.string().nullable(),
  quantity: decimalText.nullable(),
  closedAt: timeText.nullable(),
});
export type ImportedOrder = z.infer<typeof importedOrder>;

/** `poller backfill`: what the broker said of imported orders. */
export const backfillSummary = z.object({
  accounts: z.array(z.string()),
  /** Orders whose price or end the broker had not confirmed, and that have an id to ask by. */
  found: z.number().int(),
  /** Of those, confirmed or corrected now. */
  backfilled: z.number().int(),
  /** The broker does not know them, or not any more. They stay as they are, flagged NOT_BACKFILLED. */
  unreachable: z.array(importedOrder),
  /** Nobody can be asked about them. They stay as they are, flagged NOT_BACKFILLED. */
  withoutOrderId: z.array(importedOrder),
  /** Asked about in vain: to be tried again. */
  failed: z.array(importedOrder.extend({ problem: z.string() })),
  /** Not asked about yet. */
  left: z.number().int(),
  /** Why it ended before all had been asked about; null when all were. */
  stoppedBy: z.string().nullable(),
});
export type BackfillSummary = z.infer<typeof backfillSummary>;
