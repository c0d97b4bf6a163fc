import type { Instant } from '../instant.ts';
import type { IdentifiedFill } from '../audit/audit-changes.ts';
import { byTime, type Fill, type RecordedFill } from './fill.ts';
import { fillKey } from './fill-key.ts';
import type { FillMatch } from './match-fills.ts';

/** The record's fills after a report was taken in. Fills only grow. */
export interface MergedFills {
  readonly fills: readonly RecordedFill[];
  readonly newFills: readonly RecordedFill[];
  readonly identifiedFills: readonly IdentifiedFill[];
}

/** Adds what the report has beyond the record, and learns activity ids that appear later. Removes nothing. */
export function mergeFills(match: FillMatch, added: readonly Fill[], now: Instant): MergedFills {
  const keys = new Set([...match.unreported, ...match.matched.map(({ recorded }) => recorded)].map(({ key }) => key));
  const kept: RecordedFill[] = [...match.unreported];
  const identifiedFills: IdentifiedFill[] = [];
  for (const { recorded, reported } of match.matched) {
    if (recorded.activityId !== null || reported.activityId === null) {
      kept.push(recorded);
      continue;
    }
    // The id and what is left belong together: a twin that got this id may have carried the other twin's remainder.
    const remainingAfter = reported.remainingAfter ?? recorded.remainingAfter;
    const named = { ...recorded, activityId: reported.activityId, remainingAfter };
    const fill = { ...named, key: claim(named, keys) };
    kept.push(fill);
    identifiedFills.push({ formerKey: recorded.key, fill });
  }
  const newFills = added.map((fill) => ({ ...fill, key: claim(fill, keys), observedAt: now, version: 1 }));
  return { fills: [...kept, ...newFills].sort(byTime), newFills: newFills.sort(byTime), identifiedFills };
}

function claim(fill: Fill, keys: Set<string>): string {
  const key = fillKey(fill, keys);
  keys.add(key);
  return key;
}
