import { type Instant, MINUTE, SECOND } from '../instant.ts';
import { VISIBILITY_GRACE_MS } from '../reconciliation/reconcile-absence.ts';
import type { KnownOrder } from '../order/known-order.ts';
import { isPast } from './is-past.ts';
import { type PollWindow, windowCovers } from './poll-window.ts';
import type { Sweep } from './sweep.ts';
import { isUnproved, unprovedIntervalMs } from './unproved-order.ts';
import { isUnreadable, unreadableIntervalMs } from './unreadable-order.ts';

/** A pending order as the choice sees it. */
export interface ByIdCandidate {
  readonly known: KnownOrder;
  /** When it was last asked for by id; null when never. */
  readonly lastAskedAt: Instant | null;
}

export interface ByIdFacts {
  readonly now: Instant;
  /** The window of this cycle's list call. */
  readonly window: PollWindow;
  /** The last list call that reached back further; null when there was none. */
  readonly lastSweep: Sweep | null;
  /** Between two looks at an order that rests outside the window, ms. */
  readonly restingEveryMs: number;
  /** False when the list call failed, so that nobody knows what it would have shown. */
  readonly isListKnown: boolean;
  /** How many by-id calls this cycle may make. */
  readonly limit: number;
}

/** Between two looks at an order that the broker does not know. */
const NOT_FOUND_EVERY_MS = 5 * MINUTE;
/** Between two looks at an order that should be in the list and is not. */
const MISSING_EVERY_MS = 10 * SECOND;

/**
 * Of the pending orders for which the list is not enough, those that are due, longest waiting first: entered before
 * the window, missing from the list, or all of them when the list itself failed; and, listed or not, those that ended
 * and are not proved.
 */
export function chooseById<T extends ByIdCandidate>(candidates: readonly T[], facts: ByIdFacts): readonly T[] {
  return candidates
    .filter((candidate) => isDue(candidate, facts))
    .sort((a, b) => (a.lastAskedAt ?? 0) - (b.lastAskedAt ?? 0))
    .slice(0, Math.max(0, facts.limit));
}

function isDue({ known, lastAskedAt }: ByIdCandidate, facts: ByIdFacts): boolean {
  const lastLookAt = isResting(known, facts) ? laterOf(lastAskedAt, sweptAt(known, facts)) : lastAskedAt;
  return lastLookAt === null || isPast(lastLookAt, intervalFor(known, facts), facts.now);
}

function isResting({ facts }: KnownOrder, { window }: ByIdFacts): boolean {
  const enteredAt = facts?.enteredAt ?? null;
  return enteredAt !== null && !windowCovers(window, enteredAt);
}

/** A sweep that reached back to an order was a look at it. */
function sweptAt({ facts }: KnownOrder, { lastSweep }: ByIdFacts): Instant | null {
  const enteredAt = facts?.enteredAt ?? null;
  return lastSweep !== null && enteredAt !== null && enteredAt >= lastSweep.from ? lastSweep.at : null;
}

function laterOf(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function intervalFor(known: KnownOrder, facts: ByIdFacts): number {
  if (known.state.flags.includes('NOT_FOUND')) return NOT_FOUND_EVERY_MS;
  if (isUnreadable(known)) return unreadableIntervalMs(known, facts.now);
  // Its own ladder whatever the list does: it never gives up, so it must not cost a call each second for ever.
  if (isUnproved(known)) return unprovedIntervalMs(known, facts.now);
  if (!facts.isListKnown || facts.now - known.firstSeenAt < VISIBILITY_GRACE_MS) return SECOND;
  return isResting(known, facts) ? facts.restingEveryMs : MISSING_EVERY_MS;
}
