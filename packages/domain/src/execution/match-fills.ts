/**
 * Which reported fills are the recorded ones? Schwab's executions have no id, so an order's fills are matched as
 * a whole multiset, by content.
 *
 * Two fills can be the same only if leg, price and quantity agree. Then:
 * - two different activity ids, or two different times, are two fills;
 * - the same activity id is the same fill;
 * - without ids, a different quantity left after the fill tells twins apart (it falls with every fill);
 * - what one side does not say, it does not contradict: an activity id may appear only in a later answer.
 * Each fill is matched at most once, the surest pairs first, so equal fills are counted, not collapsed.
 */
import type { Decimal } from '../decimal.ts';
import type { Fill, RecordedFill } from './fill.ts';

/** A recorded fill and the report of it. */
export interface MatchedFill {
  readonly recorded: RecordedFill;
  readonly reported: Fill;
}

export interface FillMatch {
  readonly matched: readonly MatchedFill[];
  /** Reported, and not in the record. */
  readonly unrecorded: readonly Fill[];
  /** In the record, and not in this report. */
  readonly unreported: readonly RecordedFill[];
}

/** From the surest to the weakest sign that two fills of the same content are one. */
const SIGNS: readonly ((recorded: Fill, reported: Fill) => boolean)[] = [
  (a, b) => sameActivity(a, b) && sameRemaining(a, b) && sameTime(a, b),
  (a, b) => sameActivity(a, b) && sameTime(a, b),
  (a, b) => sameActivity(a, b) && !differentTime(a, b),
  (a, b) => !differentActivity(a, b) && !differentTime(a, b) && sameRemaining(a, b),
  (a, b) => !differentActivity(a, b) && !differentTime(a, b) && !differentRemaining(a, b),
];

/** Only for a report that has every fill: what is left after a fill may have been told anew, it is still that fill. */
const LAST_SIGN = (a: Fill, b: Fill): boolean => !differentActivity(a, b) && !differentTime(a, b);

export interface MatchOptions {
  /** False when the report is complete and current, so that no twin can be missing from it. */
  readonly trustRemaining: boolean;
}

/** Matches an order's recorded fills with one report of it. Pure; the order of either side does not matter. */
export function matchFills(
  recorded: readonly RecordedFill[],
  reported: readonly Fill[],
  options: MatchOptions = { trustRemaining: true },
): FillMatch {
  const matched: MatchedFill[] = [];
  let unreported = [...recorded];
  let unrecorded = [...reported];
  for (const sign of options.trustRemaining ? SIGNS : [...SIGNS, LAST_SIGN]) {
    for (const fill of unrecorded) {
      const partner = unreported.find((known) => sameContent(known, fill) && sign(known, fill));
      if (partner === undefined) continue;
      matched.push({ recorded: partner, reported: fill });
      unreported = unreported.filter((known) => known !== partner);
      unrecorded = unrecorded.filter((other) => other !== fill);
    }
  }
  return { matched, unrecorded, unreported };
}

function sameContent(a: Fill, b: Fill): boolean {
  return a.legId === b.legId && a.price.eq(b.price) && a.quantity.eq(b.quantity);
}

function sameActivity(a: Fill, b: Fill): boolean {
  return a.activityId !== null && a.activityId === b.activityId;
}

function differentActivity(a: Fill, b: Fill): boolean {
  return a.activityId !== null && b.activityId !== null && a.activityId !== b.activityId;
}

function sameTime(a: Fill, b: Fill): boolean {
  return a.occurredAt === b.occurredAt;
}

function differentTime(a: Fill, b: Fill): boolean {
  return a.occurredAt !== null && b.occurredAt !== null && a.occurredAt !== b.occurredAt;
}

function sameRemaining(a: Fill, b: Fill): boolean {
  return a.remainingAfter === null ? b.remainingAfter === null : isEqual(a.remainingAfter, b.remainingAfter);
}

function differentRemaining(a: Fill, b: Fill): boolean {
  return a.remainingAfter !== null && b.remainingAfter !== null && !a.remainingAfter.eq(b.remainingAfter);
}

function isEqual(a: Decimal, b: Decimal | null): boolean {
  return b !== null && a.eq(b);
}
