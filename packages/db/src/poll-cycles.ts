import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import type { PollCycleModel } from './generated/models.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';
import { wordOf, type Words } from './rows/words.ts';

/** One look at the broker. */
export interface CycleRecord {
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** complete: every due order was examined; failed: none. */
  readonly outcome: 'complete' | 'partial' | 'failed';
  /** Orders that were due. */
  readonly due: number;
  /** Orders of which an answer came. */
  readonly examined: number;
  /** Rows of the list answer. */
  readonly listed: number;
  /** Orders that changed. */
  readonly changed: number;
  /** Calls made to the broker. */
  readonly requests: number;
  /** Such as `timeout` or `429`. */
  readonly errorKind: string | null;
  readonly note: string | null;
}

/** A cycle as stored, or several unchanged ones in a row, which differ only in time. */
export interface StoredCycle extends CycleRecord {
  readonly id: number;
  readonly fencing: number;
  /** How many cycles this stands for; `requests` is their sum, the other numbers are the last one's. */
  readonly repeatCount: number;
  /** End of the last of them; `startedAt` and `finishedAt` are the first one's. */
  readonly lastFinishedAt: Instant;
  /** Longest time between two of them, ms: a blind spot shows here too. */
  readonly longestPauseMs: number;
}

/** Writes a cycle. @returns its id, or that of the row it was added to */
export async function recordCycle(
  transaction: Queries,
  cycle: CycleRecord,
  fencing: number,
  wroteAnything: boolean,
): Promise<number> {
  const last = await transaction.pollCycle.findFirst({ orderBy: { id: 'desc' } });
  if (last !== null && !wroteAnything && isUneventful(cycle) && last.fencing === fencing && isUneventful(last)) {
    return await repeatCycle(transaction, last, cycle);
  }
  const { id } = await transaction.pollCycle.create({
    data: {
      fencing,
      startedAt: instantText(cycle.startedAt),
      finishedAt: instantText(cycle.finishedAt),
      lastFinishedAt: instantText(cycle.finishedAt),
      outcome: cycle.outcome,
      due: cycle.due,
      examined: cycle.examined,
      listed: cycle.listed,
      changed: cycle.changed,
      requests: cycle.requests,
      errorKind: cycle.errorKind,
      note: cycle.note,
    },
  });
  return id;
}

/** Complete, nothing changed, nothing to say. */
function isUneventful(
  cycle: Pick<CycleRecord | PollCycleModel, 'outcome' | 'changed' | 'errorKind' | 'note'>,
): boolean {
  return cycle.outcome === 'complete' && cycle.changed === 0 && cycle.errorKind === null && cycle.note === null;
}

async function repeatCycle(transaction: Queries, last: PollCycleModel, cycle: CycleRecord): Promise<number> {
  const pauseMs = cycle.startedAt - instantFromText(last.lastFinishedAt);
  await transaction.pollCycle.update({
    where: { id: last.id },
    data: {
      due: cycle.due,
      examined: cycle.examined,
      listed: cycle.listed,
      requests: { increment: cycle.requests },
      repeatCount: { increment: 1 },
      lastFinishedAt: instantText(cycle.finishedAt),
      longestPauseMs: Math.max(last.longestPauseMs, pauseMs),
    },
  });
  return last.id;
}

/** The last rows, newest first. */
export async function lastCycles(db: Queries, limit: number): Promise<StoredCycle[]> {
  const rows = await db.pollCycle.findMany({ orderBy: { id: 'desc' }, take: limit });
  return rows.map(cycleFromRow);
}

export function cycleFromRow(row: PollCycleModel): StoredCycle {
  return {
    ...row,
    outcome: wordOf(OUTCOMES, row.outcome),
    startedAt: instantFromText(row.startedAt),
    finishedAt: instantFromText(row.finishedAt),
    lastFinishedAt: instantFromText(row.lastFinishedAt),
  };
}

const OUTCOMES: Words<CycleRecord['outcome']> = { complete: true, partial: true, failed: true };
