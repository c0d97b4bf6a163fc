import { z } from 'zod';
import { detectionLatency } from './latency.ts';
import { timeText } from './values.ts';

const count = z.number().int().nonnegative();

/** `GET /api/summary`. */
export const summary = z.object({
  now: timeText,
  demo: z.boolean(),
  /** One number for each tab of the order list. */
  counts: z.object({ pending: count, completed: count, failed: count, attention: count, all: count }),
  /** Orders that ended with something traded on today's New York date. */
  filledToday: z.object({ date: z.iso.date(), orders: count }),
  detectionLatency,
  /** How many alerts are open. */
  openAlerts: count,
  /** How many orders carry each flag, most first. */
  attention: z.array(z.object({ flag: z.string(), orders: count })),
  /** Number of the newest audit entry that this answer knows of: `/api/events?lastEventId=` goes on from here. */
  lastSeq: count,
});
export type Summary = z.infer<typeof summary>;
