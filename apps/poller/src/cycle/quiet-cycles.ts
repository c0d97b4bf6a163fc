import { type CycleRecord, joinedQuietCycles, type QuietCycles, quietCyclesOf } from '@fill-tracker/db';

/** Uneventful cycles that wait for somebody who writes anyway: a heartbeat, a change, the end of the lease. */
export interface UnwrittenCycles {
  add(cycle: CycleRecord): void;
  /** Hands them over, once. What could not be written waits on. */
  handOver<T>(write: (quiet: QuietCycles | null) => Promise<T>): Promise<T>;
  /** Those of a lease that is lost cannot be written any more. */
  clear(): void;
}

export function createUnwrittenCycles(): UnwrittenCycles {
  let waiting: QuietCycles | null = null;
  return {
    add(cycle) {
      const quiet = quietCyclesOf(cycle);
      waiting = waiting === null ? quiet : joinedQuietCycles(waiting, quiet);
    },
    async handOver(write) {
      const taken = waiting;
      waiting = null;
      try {
        return await write(taken);
      } catch (error) {
        if (taken !== null) waiting = waiting === null ? taken : joinedQuietCycles(taken, waiting);
        throw error;
      }
    },
    clear: () => (waiting = null),
  };
}
