import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import type { PollCycleModel } from './generated/models.ts';
import type { QuietCycles } from './quiet-cycles.ts';
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
  if (!wroteAnything && isUneventful(cycle)) return await recordQuietCycles(transaction, quietCyclesOf(cycle), fencing);
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
export function isUneventful(
  cycle: Pick<CycleRecord | PollCycleModel, 'outcome' | 'changed' | 'errorKind' | 'note'>,
): boolean {
  return cycle.outcome === 'complete' && cycle.changed === 0 && cycle.errorKind === null && cycle.note === null;
}

/** One uneventful cycle. */
export function quietCyclesOf(cycle: CycleRecord): QuietCycles {
  const { startedAt, finishedAt, requests, due, examined, listed } = cycle;
  const span = { startedAt, finishedAt, lastFinishedAt: finishedAt };
  return { ...span, count: 1, requests, due, examined, listed, longestPauseMs: 0 };
}

/** Two runs of uneventful cycles, the earlier one first, as one. */
export function joinedQuietCycles(earlier: QuietCycles, later: QuietCycles): QuietCycles {
  const pauseMs = later.startedAt - earlier.lastFinishedAt;
  return {
    ...later,
    startedAt: earlier.startedAt,
    finishedAt: earlier.finishedAt,
    count: earlier.count + later.count,
    requests: earlier.requests + later.requests,
    longestPauseMs: Math.max(earlier.longestPauseMs, pauseMs, later.longestPauseMs),
  };
}

/** Adds uneventful cycles to the last row, if that is such a row of the same run. @returns the row's id */
export async function recordQuietCycles(transaction: Queries, quiet: QuietCycles, fencing: number): Promise<number> {
  const last = await transaction.pollCycle.findFirst({ orderBy: { id: 'desc' } });
  const isSameRun = last !== null && last.fencing === fencing && isUneventful(last);
  const whole = isSameRun ? joinedQuietCycles(quietCyclesOfRow(last), quiet) : quiet;
  const { startedAt, finishedAt, lastFinishedAt, count, ...numbers } = whole;
  const data = {
    ...numbers,
    startedAt: instantText(startedAt),
    finishedAt: instantText(finishedAt),
    lastFinishedAt: instantText(lastFinishedAt),
    repeatCount: count,
  };
  if (isSameRun) {
    await transaction.pollCycle.update({ where: { id: last.id }, data });
    return last.id;
  }
  const { id } = await transaction.pollCycle.create({ data: { ...data, fencing, outcome: 'complete', changed: 0 } });
  return id;
}

function quietCyclesOfRow(row: PollCycleModel): QuietCycles {
  const { repeatCount, startedAt, finishedAt, lastFinishedAt, requests, due, examined, listed, longestPauseMs } = row;
  return {
    startedAt: instantFromText(startedAt),
    finishedAt: instantFromText(finishedAt),
    lastFinishedAt: instantFromText(lastFinishedAt),
    count: repeatCount,
    requests,
    due,
    examined,
    listed,
    longestPauseMs,
  };
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
