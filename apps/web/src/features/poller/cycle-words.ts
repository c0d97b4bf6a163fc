import type { Cycle } from '@fill-tracker/contract';
import { errorText } from '../../lib/error-words.ts';
import { marketClock, workTime } from '../../lib/time-text.ts';
import { counted, wordsOf } from '../../lib/words.ts';

/** A cycle that takes longer than this, ms, is called slow. */
const SLOW_MS = 5000;

export type CycleLook = 'quiet' | 'changed' | 'slow' | 'partial' | 'failed';

export function lookOf(cycle: Cycle): CycleLook {
  if (cycle.outcome !== 'complete') return cycle.outcome;
  if (lengthOf(cycle) > SLOW_MS) return 'slow';
  return cycle.changed > 0 ? 'changed' : 'quiet';
}

/** How long the first of the cycles took, ms. */
export function lengthOf({ startedAt, finishedAt }: Cycle): number {
  return Date.parse(finishedAt) - Date.parse(startedAt);
}

/** `10:00:01 to 10:00:41, 9 cycles, complete, 0.2 s`. */
export function cycleSentence(cycle: Cycle): string {
  const { startedAt, lastFinishedAt, repeatCount, outcome, changed, errorKind } = cycle;
  return [
    `${marketClock(startedAt)} to ${marketClock(lastFinishedAt)} ET`,
    counted(repeatCount, 'cycle'),
    wordsOf(outcome).toLowerCase(),
    workTime(lengthOf(cycle)),
    ...(changed > 0 ? [`${counted(changed, 'order')} changed`] : []),
    ...(errorKind === null ? [] : [errorText(errorKind)]),
  ].join(', ');
}
