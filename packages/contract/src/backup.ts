import { z } from 'zod';
import { timeText } from './values.ts';

/** What a file of the record holds; it was found whole. */
const recordContents = z.object({
  bytes: z.number().int(),
  broker: z.string(),
  demo: z.boolean(),
  /** The newest migration that is in effect. */
  schema: z.string(),
  orders: z.object({ pending: z.number().int(), completed: z.number().int(), failed: z.number().int() }),
  /** Every version of them, also those that were taken back. */
  fills: z.number().int(),
  /** The last id of `GET /api/events` in it; 0 when it has none. */
  lastAuditSeq: z.number().int(),
  /** When that entry was written. */
  lastChangeAt: timeText.nullable(),
  /** Whether it holds the tokens of a sign-in, encrypted. */
  hasSignIn: z.boolean(),
});

/** `poller backup`: the copy that was made and checked. */
export const backupSummary = z.object({
  database: z.string(),
  backup: z.string(),
  contents: recordContents,
  /** Older backups that were removed. */
  removed: z.array(z.string()),
});
export type BackupSummary = z.infer<typeof backupSummary>;

/** `poller restore`: what was put in the record's place, or, with `--check`, could be. */
export const restoreSummary = z.object({
  database: z.string(),
  backup: z.string(),
  /** False with `--check`: nothing was changed. */
  restored: z.boolean(),
  contents: recordContents,
  /** Migrations that the next start of the poller applies. */
  pendingMigrations: z.number().int(),
  /** Where the former record is now; null when there was none. */
  setAside: z.string().nullable(),
});
export type RestoreSummary = z.infer<typeof restoreSummary>;
