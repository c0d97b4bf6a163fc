import type { Fill, RecordedFill, WithdrawnFill } from '../execution/fill.ts';
import { fillKey } from '../execution/fill-key.ts';
import { type FillMatch, matchFills } from '../execution/match-fills.ts';
import { tellFills } from '../execution/told-fills.ts';
import type { Instant } from '../instant.ts';
import type { KnownOrder } from '../order/known-order.ts';
import type { ReportedOrder } from '../order/reported-order.ts';

/** The record and a report, once what either takes back is out of the way. */
export interface AmendedRecord {
  /** The recorded fills that still count. */
  readonly fills: readonly RecordedFill[];
  /** What counts by this answer, without what the record took back before. */
  readonly told: readonly Fill[];
  /** Taken back by this answer. */
  readonly withdrawn: readonly WithdrawnFill[];
  /** Of those, the ones that never counted: kept all the same, so that no older answer brings them in. */
  readonly neverCounted: readonly WithdrawnFill[];
  /** Of a correction, the fill whose place it takes: it goes on under that key, in the next version. */
  readonly formers: ReadonlyMap<Fill, RecordedFill>;
  readonly hasUnknown: boolean;
}

/**
 * Applies an answer's corrections and busts, and leaves out of it what the record took back earlier.
 *
 * @param isOlder whether the report was asked for before the one that the record rests on: it may then repeat a
 * correction that another has overtaken
 * @param now when it was seen
 */
export function amendRecord(known: KnownOrder, reported: ReportedOrder, isOlder: boolean, now: Instant): AmendedRecord {
  const told = tellFills(reported, known.fills);
  const { standing, superseded, hasUnknown } = told;
  if (!told.amendsAny && known.withdrawn.length === 0) {
    return { fills: known.fills, told: standing, withdrawn: [], neverCounted: [], formers: new Map(), hasUnknown };
  }
  const isOvertaken = (fill: Fill): boolean => isOlder && known.withdrawn.some((each) => isSameExecution(each, fill));
  const amends = (fill: Fill): boolean => told.amends(fill) && !isOvertaken(fill);
  const match = matchFills(known.fills, [...standing, ...superseded]);
  const gone = takenBack(match, superseded, amends, now);

  // A correction may go back to a price that was taken back before: its own word stands against the record's.
  const mayRepeat = match.unrecorded.filter((fill) => !standing.includes(fill) || !amends(fill));
  const repeated = new Set(matchFills(known.withdrawn, mayRepeat).matched.map((pair) => pair.reported));
  const isNew = (fill: Fill): boolean => match.unrecorded.includes(fill) && !repeated.has(fill);
  const neverCounted = nameEach(superseded.filter(isNew), known, now);
  const corrections = standing.filter((fill) => isNew(fill) && amends(fill));
  const goneKeys = new Set(gone.map(({ key }) => key));
  return {
    fills: known.fills.filter(({ key }) => !goneKeys.has(key)),
    told: standing.filter((fill) => !repeated.has(fill) && !(isNew(fill) && told.amends(fill) && isOvertaken(fill))),
    withdrawn: [...gone, ...neverCounted],
    neverCounted,
    formers: formersOf(corrections, gone, known.withdrawn),
    hasUnknown,
  };
}

/** The recorded fills that this answer takes back, with the activity ids that it tells of them. */
function takenBack(
  { matched, unreported }: FillMatch,
  superseded: readonly Fill[],
  amends: (fill: Fill) => boolean,
  now: Instant,
): readonly WithdrawnFill[] {
  const retold = matched.filter(({ reported }) => superseded.includes(reported) && amends(reported));
  return [
    ...retold.map(({ recorded, reported }) => ({ ...recorded, activityId: reported.activityId, withdrawnAt: now })),
    ...unreported.filter(amends).map((fill) => ({ ...fill, withdrawnAt: now })),
  ];
}

function nameEach(fills: readonly Fill[], known: KnownOrder, now: Instant): readonly WithdrawnFill[] {
  const keys = new Set([...known.fills, ...known.withdrawn].map(({ key }) => key));
  return fills.map((fill) => {
    const key = fillKey(fill, keys);
    keys.add(key);
    return { ...fill, key, observedAt: now, version: 1, withdrawnAt: now };
  });
}

/** Each correction takes the place of one fill: of those just taken back, else of the last version before. */
export function formersOf(
  corrections: readonly Fill[],
  gone: readonly WithdrawnFill[],
  before: readonly WithdrawnFill[],
): ReadonlyMap<Fill, RecordedFill> {
  const formers = new Map<Fill, RecordedFill>();
  const taken = new Set<string>();
  const candidates = [...gone, ...before.toSorted((a, b) => b.version - a.version)];
  for (const fill of corrections) {
    const former = candidates.find((each) => isSameExecution(each, fill) && !taken.has(each.key));
    if (former === undefined) continue;
    taken.add(former.key);
    formers.set(fill, former);
  }
  return formers;
}

function isSameExecution(a: Fill, b: Fill): boolean {
  return a.activityId !== null && a.activityId === b.activityId && a.legId === b.legId;
}
