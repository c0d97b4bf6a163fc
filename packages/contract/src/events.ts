/**
 * `GET /api/events`, a stream of server-sent events:
 *
 * - changes carry no event name (`message`), the audit `seq` as id, and an `AuditRecord` as data;
 * - `reset`: the id that the reader asked to go on from is not of this record. Load everything anew, go on from `lastSeq`;
 * - `health`, without id, at once and every few seconds.
 */
import { z } from 'zod';
import { pollerState } from './commands.ts';
import { marketPhase } from './poller.ts';
import { timeText, wholeNumberText } from './values.ts';

export const resetEvent = z.object({ lastSeq: z.number().int().nonnegative() });
export type ResetEvent = z.infer<typeof resetEvent>;

export const healthEvent = z.object({
  /** The server's clock. */
  now: timeText,
  state: pollerState,
  heartbeatAt: timeText.nullable(),
  lastCycleAt: timeText.nullable(),
  lastCycleOutcome: z.enum(['complete', 'partial', 'failed']).nullable(),
  /** End of the last cycle that examined every due order: `lastCheckedAt` of orders that each look is about. */
  lastCompleteAt: timeText.nullable(),
  /** When the list last reached back to orders of earlier dates: `lastCheckedAt` of these. */
  lastSweepAt: timeText.nullable(),
  nextPollAt: timeText.nullable(),
  marketPhase,
  marketChangesAt: timeText.nullable(),
  marketNextPhase: marketPhase.nullable(),
  /** How many alerts are open. */
  openAlerts: z.number().int().nonnegative(),
  /** The newest alert there is; 0 before the first. With the count: whether the list of alerts has changed. */
  lastAlertId: z.number().int().nonnegative(),
});
export type HealthEvent = z.infer<typeof healthEvent>;

/** A reader that cannot set the `Last-Event-ID` header, such as a fresh EventSource, names its last id here. */
export const eventQuery = z.strictObject({ lastEventId: wholeNumberText(0, Number.MAX_SAFE_INTEGER).optional() });
export type EventQueryInput = z.input<typeof eventQuery>;
