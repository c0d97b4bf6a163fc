import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { cycleFromRow, type StoredCycle } from './poll-cycles.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';

/** One page of cycles, newest first. */
export async function pageCycles(
  db: Queries,
  { beforeId, limit }: { beforeId?: number; limit: number },
): Promise<readonly StoredCycle[]> {
  const rows = await db.pollCycle.findMany({
    ...(beforeId !== undefined && { where: { id: { lt: beforeId } } }),
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(cycleFromRow);
}

/** End of the last cycle that examined every due order; null before the first. */
export async function lastCompleteCycleAt(db: Queries): Promise<Instant | null> {
  const last = await db.pollCycle.findFirst({ where: { outcome: 'complete' }, orderBy: { id: 'desc' } });
  return last && instantFromText(last.lastFinishedAt);
}

/** Cycles that ended after an instant, newest first. */
export async function cyclesEndedAfter(db: Queries, at: Instant): Promise<readonly StoredCycle[]> {
  // Ids grow with time, so the walk from the newest one ends early, however long the history.
  const before = await db.pollCycle.findFirst({
    where: { lastFinishedAt: { lte: instantText(at) } },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  const rows = await db.pollCycle.findMany({ where: { id: { gt: before?.id ?? 0 } }, orderBy: { id: 'desc' } });
  return rows.map(cycleFromRow);
}

/** The cycles since the last complete one. */
export interface ErrorStreak {
  readonly cycles: number;
  readonly since: Instant;
  /** Such as `timeout` or `429`; the cycle's outcome when it names none. Most first. */
  readonly kinds: readonly { readonly kind: string; readonly cycles: number }[];
}

/** Null when the last cycle was complete, and before the first. */
export async function errorStreak(db: Queries): Promise<ErrorStreak | null> {
  const complete = await db.pollCycle.findFirst({
    where: { outcome: 'complete' },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  const groups = await db.pollCycle.groupBy({
    by: ['errorKind', 'outcome'],
    where: { id: { gt: complete?.id ?? 0 } },
    _sum: { repeatCount: true },
    _min: { startedAt: true },
  });
  const kinds = new Map<string, number>();
  for (const { errorKind, outcome, _sum } of groups) {
    const kind = errorKind ?? outcome;
    kinds.set(kind, (kinds.get(kind) ?? 0) + (_sum.repeatCount ?? 0));
  }
  const since = groups.flatMap(({ _min }) => (_min.startedAt === null ? [] : instantFromText(_min.startedAt)));
  if (since.length === 0) return null;
  const sorted = [...kinds].map(([kind, cycles]) => ({ kind, cycles })).sort((a, b) => b.cycles - a.cycles);
  return { cycles: sorted.reduce((sum, { cycles }) => sum + cycles, 0), since: Math.min(...since), kinds: sorted };
}
