import { z } from 'zod';
import { pageOf, pageQuery } from './page.ts';
import { timeText } from './values.ts';

/** Why the tracker could not see; in the order in which they are told of. */
export const blindCause = z.enum([
  'poller-down',
  'network',
  'timeout',
  'server-error',
  'rate-limited',
  'sign-in-needed',
  'unauthorized',
  'forbidden',
  'refused',
  'shape',
  'closed-by-choice',
  'database',
  'loop-failed',
  'overrun',
]);
export type BlindCause = z.infer<typeof blindCause>;

/** An interval in which the tracker could not see what happened at the broker. */
export const blindSpot = z.object({
  id: z.number().int(),
  /** The last good look before it. */
  beganAt: timeText,
  /** The next good look; null while there was none. */
  endedAt: timeText.nullable(),
  /** What went wrong first. */
  cause: blindCause,
  /** One sentence for people. */
  explanation: z.string(),
  /** What else went wrong while it lasted. */
  also: z.array(blindCause),
  /** When everything that happened in it was in the record; null until then. */
  backfilledAt: timeText.nullable(),
  /** Fills that happened in it and were found after it. */
  lateFills: z.number().int().nonnegative(),
});
export type BlindSpot = z.infer<typeof blindSpot>;

/** `GET /api/blind-spots`, newest first. */
export const blindSpotPage = pageOf(blindSpot);
export type BlindSpotPage = z.infer<typeof blindSpotPage>;

export const blindSpotQuery = z.strictObject(pageQuery);
export type BlindSpotQueryInput = z.input<typeof blindSpotQuery>;

/** Blindness in short. */
export const blindness = z.object({
  /** That of now, also one that nobody could write down as no poller is at work; null while the tracker sees. */
  open: z.object({ beganAt: timeText, cause: blindCause, explanation: z.string() }).nullable(),
  /** Within the last 24 hours, the open one included, rests by choice left out. */
  lastDay: z.object({ spots: z.number().int(), totalMs: z.number().int().nonnegative() }),
  /** Spots that are over and of which not everything is in the record yet. */
  toBackfill: z.number().int(),
});
export type Blindness = z.infer<typeof blindness>;
