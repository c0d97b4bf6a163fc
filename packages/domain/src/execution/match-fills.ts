/**
 * Which reported fills are the recorded ones? Schwab's executions have no id, so an order's fills are matched as
 * a whole multiset, by content.
 *
 * Two fills can be the same only if leg, price and quantity agree. Then:
 * - the same activity id is the same fill, also when its time was put right;
 * - two different activity ids, or two different times, are two fills;
 * - without ids, a different quantity left after the fill tells twins apart (it falls with every fill);
 * - what one side does not say, it does not contradict: an activity id may appear only in a later answer.
 * Each fill is matched at most once, the surest pairs first, so equal fills are counted, not collapsed. And as many
 * are matched as can be: a fill left over needlessly would be counted twice.
 */
import { decimalText } from '../decimal.ts';
import type { Fill, RecordedFill } from './fill.ts';

/** A recorded fill and the report of it. */
interface MatchedFill {
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

/** Whether two fills of the same content may be one. */
type Sign = (recorded: Fill, reported: Fill) => boolean;

/** The surest sign but for the time, which one side may not say. */
const NAMED: Sign = (a, b) => sameActivity(a, b) && !differentTime(a, b);

/** From the surest to the weakest sign that two fills of the same content are one. */
const SIGNS: readonly Sign[] = [
  (a, b) => sameActivity(a, b) && sameTime(a, b),
  NAMED,
  (a, b) => !differentActivity(a, b) && !differentTime(a, b) && sameRemaining(a, b),
  (a, b) => !differentActivity(a, b) && !differentTime(a, b) && !differentRemaining(a, b),
  sameActivity,
];

/** Only where no twin can be missing: what is left after a fill may have been told anew, it is still that fill. */
const LAST_SIGN: Sign = (a, b) => !differentActivity(a, b) && !differentTime(a, b);

export interface MatchOptions {
  /** False when one side is known to hold every fill of the other, so that no twin can be missing from it. */
  readonly trustRemaining: boolean;
}

/** Matches an order's recorded fills with one report of it. Pure; the order of either side does not matter. */
export function matchFills(
  recorded: readonly RecordedFill[],
  reported: readonly Fill[],
  options: MatchOptions = { trustRemaining: true },
): FillMatch {
  const signs = options.trustRemaining ? SIGNS : [...SIGNS, LAST_SIGN];
  const reportedAlike = groupByContent(reported);
  const matched = [...groupByContent(recorded)].flatMap(([content, known]) =>
    pairAlike(known, reportedAlike.get(content) ?? [], signs),
  );
  const isRecorded = new Set(matched.map((match) => match.reported));
  const isReported = new Set(matched.map((match) => match.recorded));
  return {
    matched,
    unrecorded: reported.filter((fill) => !isRecorded.has(fill)),
    unreported: recorded.filter((fill) => !isReported.has(fill)),
  };
}

function groupByContent<T extends Fill>(fills: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const fill of fills) {
    const content = `${decimalText(fill.quantity)}@${decimalText(fill.price)}/${fill.legId}`;
    const group = groups.get(content);
    if (group === undefined) groups.set(content, [fill]);
    else group.push(fill);
  }
  return groups;
}

/** Pairs fills of the same content: a bipartite matching, as large as it can be (Kuhn's augmenting paths). */
function pairAlike(
  recorded: readonly RecordedFill[],
  reported: readonly Fill[],
  signs: readonly Sign[],
): readonly MatchedFill[] {
  const pairs = new Map<RecordedFill, Fill>();
  let waiting = reported;
  for (const sign of signs) {
    waiting = waiting.filter((fill) => !findPartner(fill, sign, recorded, pairs, new Set()));
  }
  return [...pairs].map(([known, fill]) => ({ recorded: known, reported: fill }));
}

/**
 * Gives the fill a free partner; else one whose own fill finds another (`pairs` is updated). A fill paired by its
 * activity id only ever moves to a partner with that id.
 */
function findPartner(
  fill: Fill,
  sign: Sign,
  recorded: readonly RecordedFill[],
  pairs: Map<RecordedFill, Fill>,
  tried: Set<RecordedFill>,
): boolean {
  const candidates = recorded.filter((known) => !tried.has(known) && sign(known, fill));
  const free = candidates.find((known) => !pairs.has(known));
  const partner = free ?? candidates.find((known) => canMove(pairs.get(known), known));
  if (partner !== undefined) pairs.set(partner, fill);
  return partner !== undefined;

  function canMove(holder: Fill | undefined, known: RecordedFill): boolean {
    tried.add(known);
    if (holder === undefined) return false;
    return findPartner(holder, sameActivity(known, holder) ? NAMED : sign, recorded, pairs, tried);
  }
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
  return a.remainingAfter === null ? b.remainingAfter === null : b.remainingAfter?.eq(a.remainingAfter) === true;
}

function differentRemaining(a: Fill, b: Fill): boolean {
  return a.remainingAfter !== null && b.remainingAfter !== null && !a.remainingAfter.eq(b.remainingAfter);
}
