import type { Cycle } from '@fill-tracker/contract';
import type { StoredCycle } from '@fill-tracker/db';

export function presentCycle(cycle: StoredCycle): Cycle {
  return {
    id: cycle.id,
    fencing: cycle.fencing,
    startedAt: new Date(cycle.startedAt).toISOString(),
    finishedAt: new Date(cycle.finishedAt).toISOString(),
    lastFinishedAt: new Date(cycle.lastFinishedAt).toISOString(),
    outcome: cycle.outcome,
    repeatCount: cycle.repeatCount,
    due: cycle.due,
    examined: cycle.examined,
    listed: cycle.listed,
    changed: cycle.changed,
    requests: cycle.requests,
    errorKind: cycle.errorKind,
    note: cycle.note,
    longestPauseMs: cycle.longestPauseMs,
  };
}
