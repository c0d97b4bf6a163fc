import { z } from 'zod';
import { trackRequest } from './commands.ts';
import { listedOrder } from './orders.ts';
import { decimalText, timeText } from './values.ts';

/** An order that the broker lists and nobody tracks, and what would track it. */
export const untrackedOrder = z.object({
  account: z.object({ id: z.string(), maskedNumber: z.string() }),
  brokerOrderId: z.string(),
  symbol: z.string().nullable(),
  instruction: z.string().nullable(),
  quantity: decimalText.nullable(),
  brokerStatus: z.string(),
  enteredAt: timeText.nullable(),
  firstSeenAt: timeText,
  lastSeenAt: timeText,
  /** One step: the command line, or this body to `POST /api/orders`. */
  adopt: z.object({ command: z.string(), body: trackRequest }),
});
export type UntrackedOrder = z.infer<typeof untrackedOrder>;

/** An order of the record that the broker says it does not know. */
export const absentOrder = listedOrder.extend({
  /** When the broker said so first; null when it said something else since, and the flag stands all the same. */
  absentSince: timeText.nullable(),
  /** How often it said so in a row. */
  absences: z.number().int().nonnegative(),
});
export type AbsentOrder = z.infer<typeof absentOrder>;

/** `GET /api/orphans`, `poller orphans`: where the record and the broker do not know of the same orders. */
export const orphans = z.object({
  /** Seen while discovery is off; what was seen last comes first. */
  untracked: z.array(untrackedOrder),
  /** True when there are more than are shown. */
  untrackedIsCapped: z.boolean(),
  /** Oldest first. */
  unknownToBroker: z.array(absentOrder),
  unknownToBrokerIsCapped: z.boolean(),
});
export type Orphans = z.infer<typeof orphans>;
