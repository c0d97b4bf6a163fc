import type { Instant } from '@fill-tracker/domain';

/** Time, as the composition roots hand it in. */
export interface NoticeClock {
  readonly now: () => Instant;
  /** Ends early, with or without an error, when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Does something now and then until the signal aborts; what fails is told, and tried again the next time. */
export async function repeatEvery(
  everyMs: number,
  clock: NoticeClock,
  signal: AbortSignal,
  act: () => Promise<void>,
  onTrouble: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await act().catch(onTrouble);
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
}
