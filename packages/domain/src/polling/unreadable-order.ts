import { HOUR, type Instant, MINUTE, SECOND } from '../instant.ts';
import type { KnownOrder } from '../order/known-order.ts';

/** True for an order of which the broker's last answer cannot be read. */
export function isUnreadable({ state }: KnownOrder): boolean {
  return state.status === 'PENDING' && state.flags.includes('REPORT_UNREADABLE');
}

/** Of an order that never could be read: a hiccup passes at once, and what nobody foresaw waits for a person. */
const LADDER: readonly { readonly untilMs: number; readonly everyMs: number }[] = [
  { untilMs: MINUTE, everyMs: 10 * SECOND },
  { untilMs: HOUR, everyMs: MINUTE },
];
const AT_THE_END_MS = 15 * MINUTE;

/**
 * Ms between two by-id looks at an order that cannot be read. The lists look at it as well: one that shows it readably
 * is an answer. One that could be read once may trade any moment, so it is not left for long.
 */
export function unreadableIntervalMs({ facts, firstSeenAt }: KnownOrder, now: Instant): number {
  if (facts !== null) return MINUTE;
  return LADDER.find(({ untilMs }) => now - firstSeenAt < untilMs)?.everyMs ?? AT_THE_END_MS;
}
