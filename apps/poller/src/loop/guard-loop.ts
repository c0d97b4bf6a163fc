import { isStuck, type StuckLooks, watchLoop, WATCHDOG_EVERY_MS, type WatchdogStep } from '@fill-tracker/domain';
import type { Clock } from '@fill-tracker/schwab-client';
import type { PollerEvents } from '../events.ts';
import type { CycleCuts } from './cycle-cuts.ts';
import type { LoopProgress } from './loop-progress.ts';

/** How the watchdog acts. */
export interface GuardParts {
  readonly clock: Clock;
  readonly events: Pick<PollerEvents, 'loopHung'>;
  readonly cuts: CycleCuts;
  /** Ends the process, not gently: what hangs would not let it end. */
  readonly endProcess: () => void;
}

export interface LoopGuard {
  /** True once its cycle was cut and it does not move: the lease should go to a poller that does. */
  isHung(): boolean;
  /** Looks every second until the signal aborts. Never rejects. */
  watch(progress: LoopProgress, signal: AbortSignal): Promise<void>;
}

/**
 * Looks after a loop from a timer of its own. An event loop that is blocked stops this timer too, and with it the
 * heartbeat: then the lease runs out, and the supervisor's health check finds the process dead.
 */
export function createLoopGuard({ clock, events, cuts, endProcess }: GuardParts): LoopGuard {
  let step: WatchdogStep = 'moves';
  return {
    isHung: () => step === 'cut-cycle' || step === 'hung' || step === 'end-process',
    async watch(progress, signal) {
      let looks: StuckLooks = 0;
      while (!signal.aborted) {
        await clock.sleep(WATCHDOG_EVERY_MS, signal).catch(() => undefined);
        if (signal.aborted) break;
        const { cycleStartedAt, next } = progress;
        ({ looks, step } = watchLoop(looks, isStuck({ cycleStartedAt, nextPollAt: next?.at ?? null }, clock.now())));
        if (step === 'cut-cycle') {
          events.loopHung({ step: 'cycle-cut', cycleStartedAt });
          cuts.cut(new Error('the loop does not move'));
        }
        if (step !== 'end-process') continue;
        events.loopHung({ step: 'process-ends', cycleStartedAt });
        endProcess();
        break;
      }
      step = 'moves';
    },
  };
}
