import type { LeaseProgress } from '@fill-tracker/db';
import type { LoadProjection, PollDecision } from '@fill-tracker/domain';
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
  /** What the last cycle failed over, such as `timeout`. */
  failureKind: string | null;
  /** Null between cycles. */
  cycleStartedAt: number | null;
  next: PollDecision | null;
  /** What the pending orders cost, and how late a fill can be known at worst; null before the first cycle. */
  load: LoadProjection | null;
  /** How long the last looks took, ms, newest last. */
  lookTimes: readonly number[];
  /** Up to when everything at the broker was seen in this run; null before its first good look. */
  lastLookAt: number | null;
  /**
   * When every pending order had been examined since this run began, or since the last blind spot; null until then.
   * One that the broker refuses each time counts once it has been asked about.
   */
  caughtUpAt: number | null;
}

const KEPT_LOOK_TIMES = 20;

/** A look is as slow as the slowest of the last ones. */
export function addLookTime(progress: LoopProgress, ms: number): void {
  progress.lookTimes = [...progress.lookTimes, ms].slice(-KEPT_LOOK_TIMES);
}

export function newLoopProgress(): LoopProgress {
  return {
    cycles: 0,
    lastCycleAt: null,
    lastOutcome: null,
    lastCompleteAt: null,
    consecutiveFailures: 0,
    failureKind: null,
    cycleStartedAt: null,
    next: null,
    load: null,
    lookTimes: [],
    lastLookAt: null,
    caughtUpAt: null,
  };
}

/** As stored beside the lease. */
export function progressForLease(progress: LoopProgress): LeaseProgress {
  const { next, load, lookTimes: _kept, ...rest } = progress;
  return { ...rest, load: load && { ...load }, nextPollAt: next?.at ?? null, nextPollReason: next?.reason ?? null };
}
