import { isDatabaseError, StaleLeaseError } from '@fill-tracker/db';
import { type CycleStreak, type FailedWrites, type Instant, SECOND } from '@fill-tracker/domain';
import type { PollerEvents } from '../events.ts';

/** What this poller has seen of trouble, exact to the cycle. */
export interface TroubleMemory {
  readonly hears: Partial<PollerEvents>;
  /** The cycles since the last whose list came; null when that was the last. */
  readonly streak: () => CycleStreak | null;
  /** The failures of the record since it was last known to take what is written; null while there are none. */
  readonly unwritable: () => FailedWrites | null;
  /** A run begins: the broker is judged anew, the record is not. */
  readonly begin: () => void;
}

/** A loop that fails tries again sooner; one that rests and is silent has nothing to complain of. */
const FAILS_AGAIN_WITHIN_MS = 30 * SECOND;

interface Streak {
  readonly since: Instant;
  readonly kinds: Map<string, number>;
}

interface Failing {
  readonly since: Instant;
  readonly lastAt: Instant;
  /** Since the last failure. A quiet cycle writes nothing, and a heartbeat may find room where a fill does not. */
  readonly isWritten: boolean;
  readonly isCycleEnded: boolean;
}

export function createTroubleMemory(now: () => Instant): TroubleMemory {
  let streak: Streak | null = null;
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
        if (hasList) {
          streak = null;
          return;
        }
        streak ??= { since: startedAt, kinds: new Map() };
        const kind = errorKind ?? outcome;
        streak.kinds.set(kind, (streak.kinds.get(kind) ?? 0) + 1);
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
    streak: () => streak && asStreak(streak),
    unwritable() {
      if (failing !== null && now() - failing.lastAt > FAILS_AGAIN_WITHIN_MS) failing = null;
      return failing && { since: failing.since, lastAt: failing.lastAt };
    },
    begin: () => {
      streak = null;
    },
  };
}

function asStreak({ since, kinds }: Streak): CycleStreak {
  const sorted = [...kinds].map(([kind, cycles]) => ({ kind, cycles })).sort((a, b) => b.cycles - a.cycles);
  return { since, cycles: sorted.reduce((sum, { cycles }) => sum + cycles, 0), kinds: sorted };
}
