import { type CycleStreak, type Instant, SECOND } from '@fill-tracker/domain';
import type { PollerEvents } from '../events.ts';

/** What this poller has seen of trouble since it took the lease, exact to the cycle. */
export interface TroubleMemory {
  readonly hears: Partial<PollerEvents>;
  /** The cycles since the last complete one; null when that was the last. */
  readonly streak: () => CycleStreak | null;
  /** Since when cycles have ended in an error of the record; null when the last one was written. */
  readonly unwritableSince: () => Instant | null;
  readonly forget: () => void;
}

/** A loop that fails tries again sooner; one that rests and is silent has nothing to complain of. */
const FAILS_AGAIN_WITHIN_MS = 30 * SECOND;

interface Streak {
  readonly since: Instant;
  readonly kinds: Map<string, number>;
}

export function createTroubleMemory(now: () => Instant): TroubleMemory {
  let streak: Streak | null = null;
  let failing: { readonly since: Instant; lastAt: Instant } | null = null;
  return {
    hears: {
      cycleEnded: ({ summary: { outcome, errorKind, startedAt } }) => {
        failing = null;
        if (outcome === 'complete') {
          streak = null;
          return;
        }
        streak ??= { since: startedAt, kinds: new Map() };
        const kind = errorKind ?? outcome;
        streak.kinds.set(kind, (streak.kinds.get(kind) ?? 0) + 1);
      },
      // Only a broken record ends a cycle so: what the broker does is in its summary.
      loopFailed: () => {
        failing ??= { since: now(), lastAt: now() };
        failing.lastAt = now();
      },
    },
    streak: () => streak && asStreak(streak),
    unwritableSince() {
      if (failing !== null && now() - failing.lastAt > FAILS_AGAIN_WITHIN_MS) failing = null;
      return failing?.since ?? null;
    },
    forget: () => {
      streak = null;
      failing = null;
    },
  };
}

function asStreak({ since, kinds }: Streak): CycleStreak {
  const sorted = [...kinds].map(([kind, cycles]) => ({ kind, cycles })).sort((a, b) => b.cycles - a.cycles);
  return { since, cycles: sorted.reduce((sum, { cycles }) => sum + cycles, 0), kinds: sorted };
}
