import { z } from 'zod';

const milliseconds = z.number().int().nonnegative().nullable();

/**
 * From the broker's time of a fill to its record, over the fills of the last 24 hours that happened while a poller
 * was at work. Upper bounds, as broker times are whole seconds. Null without such fills.
 */
export const detectionLatency = z.object({
  fills: z.number().int(),
  /** Fills of that time that happened in a blind spot and were found after it: no measure of speed, and not in it. */
  foundLate: z.number().int().nonnegative(),
  averageMs: milliseconds,
  p50Ms: milliseconds,
  p95Ms: milliseconds,
  p99Ms: milliseconds,
});
export type DetectionLatency = z.infer<typeof detectionLatency>;
