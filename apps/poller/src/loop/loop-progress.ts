import type { LeaseProgress } from '@fill-tracker/db';
import type { PollDecision } from '@fill-tracker/domain';
import type { CycleSummary } from '../events.ts';

/** How far the loop has come; the heartbeat carries it, so that others can tell a resting loop from a hung one. */
export interface LoopProgress {
  /** Cycles since the lease was taken. */
  cycles: number;
  lastCycleAt: number | null;
  lastOutcome: CycleSummary['outcome'] | null;
  consecutiveFailures: number;
  /** Null while a cycle runs. */
  next: PollDecision | null;
}

export function newLoopProgress(): LoopProgress {
  return { cycles: 0, lastCycleAt: null, lastOutcome: null, consecutiveFailures: 0, next: null };
}

/** As stored beside the lease. */
export function progressForLease(progress: LoopProgress): LeaseProgress {
  const { next, ...rest } = progress;
  return { ...rest, nextPollAt: next?.at ?? null, nextPollReason: next?.reason ?? null };
}
