import { z } from 'zod';
import { accountId, brokerOrderId, timeText } from './values.ts';

/** How the poller stands, seen from outside: by its lease and heartbeat in the record. */
export const pollerState = z.enum(['running', 'stuck', 'stopped', 'never-started']);
export type PollerState = z.infer<typeof pollerState>;

/** A request to the poller, and what came of it. */
export const commandAnswer = z.object({
  commandId: z.number().int(),
  kind: z.string(),
  state: z.enum(['QUEUED', 'DONE', 'FAILED']),
  /** What the poller did or why it could not; null while queued. */
  outcome: z.record(z.string(), z.unknown()).nullable(),
  pollerState,
});
export type CommandAnswer = z.infer<typeof commandAnswer>;

/** A command as the HTTP API tells of it. */
export const commandReport = commandAnswer.extend({
  /** The order it is about, when the record has it. */
  orderId: z.number().int().nullable(),
  brokerOrderId: z.string().nullable(),
  requestedAt: timeText,
  /** Null while queued. */
  appliedAt: timeText.nullable(),
});
export type CommandReport = z.infer<typeof commandReport>;

/** The body of `POST /api/orders`: start to track an order that was placed elsewhere. */
export const trackRequest = z.strictObject({ account: accountId, brokerOrderId });
export type TrackRequest = z.infer<typeof trackRequest>;
