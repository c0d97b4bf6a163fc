import { auditRecord, healthEvent } from '@fill-tracker/contract';
import { z } from 'zod';

const term = z.number();
const seq = z.number().int();

/**
 * What the leading tab passes on. Checked on arrival: after an update, tabs of two versions may be open.
 *
 * `term` is when the lead of that tab began, ms: words of a tab that lost the lead since are of a lower term.
 */
const leaderMessage = z.discriminatedUnion('kind', [
  /** How things stand, as a whole: whoever missed the words before knows all from this one. */
  z.object({
    kind: z.literal('word'),
    term,
    connection: z.enum(['connecting', 'live', 'reconnecting']),
    lastSeq: seq.nullable(),
    health: healthEvent.nullable(),
    /** When the server said so, ms by the clock that all tabs share. */
    healthAt: z.number().nullable(),
  }),
  z.object({ kind: z.literal('change'), term, change: auditRecord }),
  /** The record is another one than before: everything must be loaded anew, and goes on after `lastSeq`. */
  z.object({ kind: z.literal('reset'), term, lastSeq: seq }),
]);
export type LeaderMessage = z.infer<typeof leaderMessage>;

/** `ask`: a tab joined or came back. The leader answers how things stand, and tries at once if it waits to try again. */
export const tabMessage = z.union([leaderMessage, z.object({ kind: z.literal('ask') })]);
export type TabMessage = z.infer<typeof tabMessage>;
