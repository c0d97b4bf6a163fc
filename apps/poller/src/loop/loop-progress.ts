import type { LeaseProgress } from '@fill-tracker/db';
import type { Instant, LoadProjection, PollDecision } from '@fill-tracker/domain';
import type { CycleRecord } from '@fill-tracker/db';
import type { SchwabClient } from '@fill-tracker/schwab-client';
import type { Poller } from '../poller.ts';

/** How far the loop has come; the heartbeat carries it, so that others can tell a resting loop from a hung one. */
export interface LoopProgress {
  /** Cycles since the lease was taken. */
  cycles: number;
  lastCycleAt: number | null;
  lastOutcome: CycleRecord['outcome'] | null;
  /** End of the last cycle that examined everything due. */
  lastCompleteAt: number | null;
  consecutiveFailures: number;
  /** Since when it works, on a cycle or on commands; null while it rests. */
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
  /** The poll that the last complete cycle announced: until then nothing was due. */
  completeUntil: Instant | null;
  /** Where the lists of every look begin, and the last one that reached back further; null before the first. */
  listedFrom: Instant | null;
  sweptAt: Instant | null;
  sweptFrom: Instant | null;
  /** By our order id: when the broker last answered about that order alone. */
  answeredAt: Readonly<Record<string, Instant>>;
  /** Why the last cycle examined less than everything; null when it examined all. */
  lastErrorKind: string | null;
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
    cycleStartedAt: null,
    next: null,
    load: null,
    lookTimes: [],
    lastLookAt: null,
    caughtUpAt: null,
    completeUntil: null,
    listedFrom: null,
    sweptAt: null,
    sweptFrom: null,
    answeredAt: {},
    lastErrorKind: null,
  };
}

/** The heartbeat is no place for thousands: what was asked about longest ago is left out. */
const MOST_ANSWERS = 200;

/** Notes which orders the looks were about, once one was complete. */
export function noteLooks(
  progress: LoopProgress,
  { sweeps, answeredAt }: Pick<Poller, 'sweeps' | 'answeredAt'>,
  listedFrom: Instant,
): void {
  progress.listedFrom = listedFrom;
  progress.sweptAt = sweeps.last?.at ?? null;
  progress.sweptFrom = sweeps.last?.from ?? null;
  progress.answeredAt = Object.fromEntries([...answeredAt].sort(([, a], [, b]) => b - a).slice(0, MOST_ANSWERS));
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
  const { next, load, lookTimes: _kept, answeredAt, ...rest } = progress;
  const skew = client?.clockSkew() ?? null;
  return {
    ...rest,
    answeredAt: { ...answeredAt },
    load: load && { ...load },
    nextPollAt: next?.at ?? null,
    nextPollReason: next?.reason ?? null,
    requestsLastMinute: client?.budget().usedLastMinute ?? null,
    clockSkewMs: skew?.aheadMs ?? null,
    clockSkewUncertaintyMs: skew?.uncertaintyMs ?? null,
  };
}
