import { z } from 'zod';
import { pageOf, pageQuery } from './page.ts';
import { timeText } from './values.ts';

/** One look at the broker, or several unchanged ones in a row that differ only in time. */
export const cycle = z.object({
  id: z.number().int(),
  /** The poller's run: it changes with every start. */
  fencing: z.number().int(),
  /** Of the first of them. */
  startedAt: timeText,
  finishedAt: timeText,
  /** End of the last of them. */
  lastFinishedAt: timeText,
  /** complete: every due order was examined; failed: none. */
  outcome: z.enum(['complete', 'partial', 'failed']),
  /** How many cycles this stands for; `requests` is their sum, the other numbers are the last one's. */
  repeatCount: z.number().int().positive(),
  due: z.number().int(),
  examined: z.number().int(),
  listed: z.number().int(),
  changed: z.number().int(),
  requests: z.number().int(),
  /** Such as `timeout` or `429`. */
  errorKind: z.string().nullable(),
  note: z.string().nullable(),
  /** Longest time between two of them, ms: a blind spot shows here too. */
  longestPauseMs: z.number().int(),
});
export type Cycle = z.infer<typeof cycle>;

/** `GET /api/cycles`, newest first. */
export const cyclePage = pageOf(cycle);
export type CyclePage = z.infer<typeof cyclePage>;

export const cycleQuery = z.strictObject(pageQuery);
export type CycleQueryInput = z.input<typeof cycleQuery>;
