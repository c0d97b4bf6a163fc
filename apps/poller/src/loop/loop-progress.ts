import type { LeaseProgress } from '@fill-tracker/db';
import type { Instant, PollDecision } from '@fill-tracker/domain';
import type { CycleRecord } from '@fill-tracker/db';
import type { SchwabClient } from '@fill-tracker/schwab-client';

/** How far the loop has come; the heartbeat carries it, so that others can tell a resting loop from a hung one. */
export interface LoopProgress {
  /** Cycles since the lease was taken. */
  cycles: number;
  lastCycleAt: number | null;
  lastOutcome: CycleRecord['outcome'] | null;
  consecutiveFailures: number;
  /** Null between cycles. */
  cycleStartedAt: number | null;
  next: PollDecision | null;
  /** End of the last cycle that examined every due order. */
  lastCompleteAt: Instant | null;
  /** The poll that this cycle announced: until then nothing was due. */
  completeUntil: Instant | null;
  /** Why the last cycle examined less than everything. */
  lastErrorKind: string | null;
}

export function newLoopProgress(): LoopProgress {
  return {
    cycles: 0,
    lastCycleAt: null,
    lastOutcome: null,
    consecutiveFailures: 0,
    cycleStartedAt: null,
    next: null,
    lastCompleteAt: null,
    completeUntil: null,
    lastErrorKind: null,
  };
}

/** Notes how a cycle ended, once the next poll is decided. */
export function noteCycleEnd(progress: LoopProgress, { outcome, finishedAt, errorKind }: CycleRecord): void {
  progress.lastErrorKind = outcome === 'complete' ? null : (errorKind ?? outcome);
  if (outcome !== 'complete') return;
  progress.lastCompleteAt = finishedAt;
  progress.completeUntil = progress.next?.at ?? null;
}

/** As stored beside the lease, with what the client measures on the way; null for a holder that has no loop. */
export function progressForLease(
  progress: LoopProgress,
  client: Pick<SchwabClient, 'budget' | 'clockSkew'> | null,
): LeaseProgress {
  const { next, ...rest } = progress;
  const skew = client?.clockSkew() ?? null;
  return {
    ...rest,
    nextPollAt: next?.at ?? null,
    nextPollReason: next?.reason ?? null,
    requestsLastMinute: client?.budget().usedLastMinute ?? null,
    clockSkewMs: skew?.aheadMs ?? null,
    clockSkewUncertaintyMs: skew?.uncertaintyMs ?? null,
  };
}
