import { extendStreak, type FailureStreak, isNotable } from '@fill-tracker/domain';
import type { PollerEvents } from '../events.ts';

/** Tells of cycles that fail in a row, once when that begins to matter and once when it is over. */
export interface Streaks {
  failed(kind: string, at: number): void;
  ended(at: number): void;
}

export function createStreaks(events: Pick<PollerEvents, 'streakBegan' | 'recovered'>): Streaks {
  let streak: FailureStreak | null = null;
  let isTold = false;
  return {
    failed(kind, at) {
      streak = extendStreak(streak, kind, at);
      if (isTold || !isNotable(streak)) return;
      isTold = true;
      events.streakBegan(streak);
    },
    ended(at) {
      if (streak !== null && isTold) events.recovered({ ...streak, until: at });
      streak = null;
      isTold = false;
    },
  };
}
