import type { LeaseProgress } from '@fill-tracker/db';
import type { PollDecision } from '@fill-tracker/domain';
import type { CycleRecord } from '@fill-tracker/db';

/** How far the loop has come; the heartbeat carries it, so that others can tell a resting loop from a hung one. */
export interface LoopProgress {
  /** Cycles since the lease was taken. */
  cycles: number;
  lastCycleAt: number | null;
  lastOutcome: CycleRecord['outcome'] | null;
  /** End of the last cycle that examined everything due. */
  lastCompleteAt: number | null;
  consecutiveFailures: number;
  /** Null between cycles. */
  cycleStartedAt: number | null;
  next: PollDecision | null;
}

export function newLoopProgress(): LoopProgress {
  return {
    cycles: 0,
    lastCycleAt: null,
    lastOutcome: null,
    lastCompleteAt: null,
    consecutiveFailures: 0,
    cycleStartedAt: null,
    next: null,
  };
}

/** As stored beside the lease. */
export function progressForLease(progress: LoopProgress): LeaseProgress {
  const { next, ...rest } = progress;
  return { ...rest, nextPollAt: next?.at ?? null, nextPollReason: next?.reason ?? null };
}
