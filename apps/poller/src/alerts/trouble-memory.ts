import { isDatabaseError, StaleLeaseError } from '@fill-tracker/db';
import { extendStreak, type FailedWrites, type FailureStreak, type Instant, SECOND } from '@fill-tracker/domain';
import type { PollerEvents } from '../events.ts';

/** What this poller has seen of trouble, exact to the cycle. */
export interface TroubleMemory {
  readonly hears: Partial<PollerEvents>;
  /** The cycles since the last whose list came; null when that was the last. */
  readonly streak: () => FailureStreak | null;
  /** The failures of the record since it was last known to take what is written; null while there are none. */
  readonly unwritable: () => FailedWrites | null;
  /** A run begins: the broker is judged anew, the record is not. */
  readonly begin: () => void;
}

/** A loop that fails tries again sooner; one that rests and is silent has nothing to complain of. */
const FAILS_AGAIN_WITHIN_MS = 30 * SECOND;

interface Failing {
  readonly since: Instant;
  readonly lastAt: Instant;
  /** Since the last failure. A quiet cycle writes nothing, and a heartbeat may find room where a fill does not. */
  readonly isWritten: boolean;
  readonly isCycleEnded: boolean;
}

export function createTroubleMemory(now: () => Instant): TroubleMemory {
  let streak: FailureStreak | null = null;
  let failing: Failing | null = null;

  function noteGood(evidence: Partial<Pick<Failing, 'isWritten' | 'isCycleEnded'>>): void {
    if (failing === null) return;
    failing = { ...failing, ...evidence };
    if (failing.isWritten && failing.isCycleEnded) failing = null;
  }

  const isWritten = (): void => noteGood({ isWritten: true });
  const isAllWell = (): void => noteGood({ isWritten: true, isCycleEnded: true });

  return {
    hears: {
      cycleEnded: ({ summary: { outcome, errorKind, startedAt }, hasList }) => {
        noteGood({ isCycleEnded: true });
        // What failed by id alone is trouble with single orders.
        streak = hasList ? null : extendStreak(streak, errorKind ?? outcome, startedAt);
      },
      leaseTaken: isAllWell,
      // Somebody writes heartbeats to it.
      leaseHeldElsewhere: isAllWell,
      leaseRenewed: isWritten,
      orderAdded: isWritten,
      orderChanged: isWritten,
      // Also told of what has nothing to do with the record, such as a command that fails unexpectedly.
      loopFailed: ({ error }) => {
        if (!isDatabaseError(error) || error instanceof StaleLeaseError) return;
        failing = { since: failing?.since ?? now(), lastAt: now(), isWritten: false, isCycleEnded: false };
      },
    },
    streak: () => streak,
    unwritable() {
      if (failing !== null && now() - failing.lastAt > FAILS_AGAIN_WITHIN_MS) failing = null;
      return failing && { since: failing.since, lastAt: failing.lastAt };
    },
    begin: () => {
      streak = null;
    },
  };
}
