import type { Instant } from '@fill-tracker/domain';

/**
 * Cycles in a row in which everything was examined and nothing changed. They are worth no write of their own: whoever
 * writes next, a heartbeat at the latest, writes them along.
 */
export interface QuietCycles {
  /** Start and end of the first. */
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** End of the last. */
  readonly lastFinishedAt: Instant;
  readonly count: number;
  /** Calls made to the broker, over all of them. */
  readonly requests: number;
  /** Of the last one. */
  readonly due: number;
  readonly examined: number;
  readonly listed: number;
  /** Longest time from one's end to the next one's start, ms. */
  readonly longestPauseMs: number;
}
