import type { LeaseProgress } from '@fill-tracker/db';
import type { PollDecision } from '@fill-tracker/domain';
import type { CycleRecord } from '@fill-tracker/db';

/** How far the loop has come; the heartbeat carries it, so that others can tell a resting loop from a hung one. */
export interface LoopProgress {
  /** Cycles since the lease was taken. */
  cycles: number;
  lastCycleAt: number | null;
  lastOutcome: CycleRecord['outcome'] | null;
  consecutiveFailures: number;
  /** What the last cycle failed over, such as `timeout`. */
  failureKind: string | null;
  /** Since when it works, on a cycle or on commands; null while it rests. */
  cycleStartedAt: number | null;
  next: PollDecision | null;
  /** Up to when everything at the broker was seen in this run; null before its first good look. */
  lastLookAt: number | null;
  /**
   * When every pending order had been examined since this run began, or since the last blind spot; null until then.
   * One that the broker refuses each time counts once it has been asked about.
   */
  caughtUpAt: number | null;
}

export function newLoopProgress(): LoopProgress {
  return {
    cycles: 0,
    lastCycleAt: null,
    lastOutcome: null,
    consecutiveFailures: 0,
    failureKind: null,
    cycleStartedAt: null,
    next: null,
    lastLookAt: null,
    caughtUpAt: null,
  };
}

/** As stored beside the lease. */
export function progressForLease(progress: LoopProgress): LeaseProgress {
  const { next, ...rest } = progress;
  return { ...rest, nextPollAt: next?.at ?? null, nextPollReason: next?.reason ?? null };
}
