import { calendarEnding, SECOND } from '@fill-tracker/domain';
import type { Poller } from '../poller.ts';
import { createCycleCuts } from './cycle-cuts.ts';
import { createLoopGuard, type LoopGuard } from './guard-loop.ts';
import { type KeptLease, takeLease } from './keep-lease.ts';
import { type LoopProgress, newLoopProgress, progressForLease } from './loop-progress.ts';
import { runPollLoop, type StopSignals } from './run-poll-loop.ts';

/** What the process is doing, for its own health answer. */
export interface PollerLife {
  state: 'starting' | 'standby' | 'polling' | 'stopped';
  progress: LoopProgress;
  /** When it last looked at the lease and got an answer; a standby whose look fails is of no use. */
  leaseSeenAt: number | null;
}

export function newPollerLife(): PollerLife {
  return { state: 'starting', progress: newLoopProgress(), leaseSeenAt: null };
}

const LOOK_FOR_LEASE_EVERY_MS = SECOND;

/**
 * Runs until told to stop: waits for the lease, polls while it holds it, and waits again if it is lost. The one
 * that holds the lease is the only one that calls the broker and writes the record.
 *
 * @param endProcess called when the loop hangs and cannot be cut short
 */
export async function runPoller(
  poller: Poller,
  life: PollerLife,
  signals: StopSignals,
  endProcess: () => void = () => undefined,
): Promise<void> {
  const over = new AbortController();
  const telling = poller.alertWatch.watchUnwritable(over.signal);
  try {
    await pollUnderLeases(poller, life, signals, endProcess);
  } finally {
    over.abort();
    await telling;
  }
  life.state = 'stopped';
}

async function pollUnderLeases(
  poller: Poller,
  life: PollerLife,
  signals: StopSignals,
  endProcess: () => void,
): Promise<void> {
  const { clock, events } = poller;
  while (!signals.stop.aborted) {
    life.progress = newLoopProgress();
    // Before the lease is taken: its first heartbeat would write them as its own.
    poller.unwrittenCycles.clear();
    const cuts = createCycleCuts();
    const guard = createLoopGuard({ clock, events, cuts, endProcess });
    const lease = await waitForLease(poller, life, guard, signals.stop);
    if (lease === null) break;
    // What an earlier holder saw, or this process long ago, is no knowledge.
    poller.seen.clear();
    poller.lastAskedAt.clear();
    poller.answeredAt.clear();
    poller.accounts.forget();
    poller.pending.forget();
    poller.watchingSince = poller.clock.now();
    poller.sweeps = { last: null, failedAt: null };
    poller.blindWatch.begin();
    life.state = 'polling';
    tellCalendarEnding(poller);
    const ended = new AbortController();
    const watching = [
      poller.signInWatch.watch(ended.signal),
      guard.watch(life.progress, ended.signal),
      poller.alertWatch.watch({ fencing: lease.fencing, progress: life.progress }, ended.signal),
      poller.deadMan.watch(life.progress, ended.signal),
    ];
    try {
      await runPollLoop(poller, lease, life.progress, signals, cuts);
    } finally {
      ended.abort();
      await Promise.all(watching);
      await lease.release().catch((error: unknown) => poller.events.loopFailed({ error }));
    }
  }
}

function tellCalendarEnding({ calendar, clock, events }: Poller): void {
  const ending = calendarEnding(calendar(), clock.now());
  if (ending !== null) events.calendarEnding(ending);
}

async function waitForLease(
  poller: Poller,
  life: PollerLife,
  guard: LoopGuard,
  stop: AbortSignal,
): Promise<KeptLease | null> {
  let isTold = false;
  while (!stop.aborted) {
    try {
      const lease = await takeLease(
        poller,
        () => progressForLease(life.progress, poller.client),
        () => guard.isHung(),
      );
      life.leaseSeenAt = poller.clock.now();
      if (lease !== null) return lease;
      life.state = 'standby';
      if (!isTold) {
        const { owner, expiresAt } = await poller.db.readLease();
        poller.events.leaseHeldElsewhere({ owner, until: expiresAt });
        isTold = true;
      }
    } catch (error) {
      poller.events.loopFailed({ error });
      isTold = false;
    }
    await poller.clock.sleep(LOOK_FOR_LEASE_EVERY_MS, stop).catch(() => undefined);
  }
  return null;
}
