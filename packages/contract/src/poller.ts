import { z } from 'zod';
import { pollerState } from './commands.ts';
import { timeText } from './values.ts';

const cycle = z.object({
  startedAt: timeText,
  finishedAt: timeText,
  outcome: z.string(),
  due: z.number().int(),
  examined: z.number().int(),
  changed: z.number().int(),
  requests: z.number().int(),
  errorKind: z.string().nullable(),
});

/** `poller status`: is it alive, what does it see, what is it waiting for. */
export const pollerStatus = z.object({
  state: pollerState,
  /** One sentence for people. */
  explanation: z.string(),
  demo: z.boolean(),
  broker: z.string(),
  database: z.string(),
  leaseHolder: z.string().nullable(),
  heartbeatAt: timeText.nullable(),
  nextPollAt: timeText.nullable(),
  nextPollReason: z.string().nullable(),
  marketPhase: z.enum(['pre', 'regular', 'post', 'closed']),
  marketChangesAt: timeText.nullable(),
  lastCycle: cycle.nullable(),
  orders: z.object({
    pending: z.number().int(),
    completed: z.number().int(),
    failed: z.number().int(),
    attention: z.number().int(),
  }),
});
export type PollerStatus = z.infer<typeof pollerStatus>;
