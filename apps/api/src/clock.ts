import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '@fill-tracker/domain';

/** Time, as the composition root hands it in. */
export interface Clock {
  readonly now: () => Instant;
  /** Ends early, without an error, when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  async sleep(ms, signal) {
    // Not `ref`: waiting alone must not keep the process alive.
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  },
};
