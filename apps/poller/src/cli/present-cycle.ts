import type { PollerStatus } from '@fill-tracker/contract';
import type { CycleRecord } from '@fill-tracker/db';

/** A cycle in the words of the contract. */
export function presentCycle(cycle: CycleRecord): NonNullable<PollerStatus['lastCycle']> {
  const { outcome, due, examined, changed, requests, errorKind } = cycle;
  const startedAt = new Date(cycle.startedAt).toISOString();
  const finishedAt = new Date(cycle.finishedAt).toISOString();
  return { startedAt, finishedAt, outcome, due, examined, changed, requests, errorKind };
}
