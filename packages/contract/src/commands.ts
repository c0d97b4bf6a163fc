import { z } from 'zod';

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
