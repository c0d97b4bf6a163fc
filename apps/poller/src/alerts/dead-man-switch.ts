import { isPingDue, type Instant, SECOND } from '@fill-tracker/domain';
import { type Clock, linkedSignal } from '@fill-tracker/schwab-client';
import type { PollerEvents } from '../events.ts';
import type { LoopProgress } from '../loop/loop-progress.ts';

const LOOK_EVERY_MS = SECOND;
const TIMEOUT_MS = 10 * SECOND;

/** Tells a monitor elsewhere that all is well; when it stops, the monitor alarms. */
export interface DeadManSwitch {
  /** Until the signal aborts. Never rejects, and never holds up polling. */
  watch(progress: LoopProgress, signal: AbortSignal): Promise<void>;
}

export interface DeadManParts {
  /** What to call; null when no monitor is configured. A secret: whoever knows it can keep the monitor quiet. */
  readonly url: string | null;
  readonly clock: Clock;
  readonly events: Pick<PollerEvents, 'pingFailed' | 'pingTaken'>;
}

export function createDeadManSwitch({ url, clock, events }: DeadManParts): DeadManSwitch {
  let lastPingAt: Instant | null = null;
  let hasFailed = false;

  async function ping(address: string, signal: AbortSignal): Promise<void> {
    const problem = await call(address, signal);
    if (problem === null) events.pingTaken({ at: clock.now() });
    // Once a streak: a monitor that is down must not fill the log.
    else if (!hasFailed && !signal.aborted) events.pingFailed({ problem });
    hasFailed = problem !== null;
  }

  return {
    async watch(progress, signal) {
      if (url === null) return;
      while (!signal.aborted) {
        const now = clock.now();
        const { lastCompleteAt, lastOutcome, cycleStartedAt, next } = progress;
        const isLastComplete = lastOutcome === 'complete';
        if (isPingDue({ lastPingAt, lastCompleteAt, isLastComplete, cycleStartedAt, next }, now)) {
          lastPingAt = now;
          await ping(url, signal);
        }
        await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
      }
    },
  };
}

/** @returns what went wrong, without the address; null when it was taken */
async function call(address: string, signal: AbortSignal): Promise<string | null> {
  using limited = linkedSignal([signal], TIMEOUT_MS);
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: limited.signal });
    await answer.body?.cancel().catch(() => undefined);
    return answer.ok ? null : `HTTP ${answer.status}`;
  } catch {
    return 'no answer';
  }
}
