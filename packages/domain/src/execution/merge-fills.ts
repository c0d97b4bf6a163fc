import type { Instant } from '../instant.ts';
import type { IdentifiedFill } from '../audit/audit-changes.ts';
import { byTime, type Fill, type RecordedFill } from './fill.ts';
import { fillKey } from './fill-key.ts';
import type { FillMatch } from './match-fills.ts';

/** The record's fills after a report was taken in. */
export interface MergedFills {
  readonly fills: readonly RecordedFill[];
  readonly newFills: readonly RecordedFill[];
  readonly identifiedFills: readonly IdentifiedFill[];
}

/** What is to be added to the record, and under which names. */
export interface FillsToAdd {
  readonly added: readonly Fill[];
  /** Keys of fills that count no longer: they are never given again. */
  readonly withdrawnKeys: readonly string[];
  /** Of a correction, the fill whose place it takes. */
  readonly formers: ReadonlyMap<Fill, RecordedFill>;
}

/** Adds what the report has beyond the record, and learns activity ids that appear later. Removes nothing. */
export function mergeFills(match: FillMatch, { added, withdrawnKeys, formers }: FillsToAdd, now: Instant): MergedFills {
  const recorded = [...match.unreported, ...match.matched.map((pair) => pair.recorded)];
  const keys = new Set([...recorded.map(({ key }) => key), ...withdrawnKeys]);
  const kept: RecordedFill[] = [...match.unreported];
  const identifiedFills: IdentifiedFill[] = [];
  for (const { recorded: known, reported } of match.matched) {
    if (known.activityId !== null || reported.activityId === null) {
      kept.push(known);
      continue;
    }
    // The id and what is left belong together: a twin that got this id may have carried the other twin's remainder.
    const remainingAfter = reported.remainingAfter ?? known.remainingAfter;
    const named = { ...known, activityId: reported.activityId, remainingAfter };
    // A corrected fill keeps the key that its versions share.
    const fill = known.version > 1 ? named : { ...named, key: claim(named, keys) };
    kept.push(fill);
    identifiedFills.push({ formerKey: known.key, fill });
  }
  const newFills = added.map((fill) => newFill(fill));
  return { fills: [...kept, ...newFills].sort(byTime), newFills: newFills.sort(byTime), identifiedFills };

  function newFill(fill: Fill): RecordedFill {
    const former = formers.get(fill);
    if (former === undefined) return { ...fill, key: claim(fill, keys), observedAt: now, version: 1 };
    return { ...fill, key: former.key, observedAt: now, version: former.version + 1 };
  }
}

function claim(fill: Fill, keys: Set<string>): string {
  const key = fillKey(fill, keys);
  keys.add(key);
  return key;
}
