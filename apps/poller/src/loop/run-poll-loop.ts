import { StaleLeaseError } from '@fill-tracker/db';
import {
  decideNextPoll,
  type KnownOrder,
  type LoadFacts,
  marketMoment,
  type PollDecision,
  pollWindow,
  projectLoad,
} from '@fill-tracker/domain';
import { linkedSignal } from '@fill-tracker/schwab-client';
import { createSpotBackfill, type SpotBackfill } from '../blind/backfill-spots.ts';
import { recordOrders } from '../cycle/record-orders.ts';
import { runPollCycle } from '../cycle/run-poll-cycle.ts';
import { sweepFactsOf } from '../cycle/sweep-facts.ts';
import type { Poller } from '../poller.ts';
import { applyCommands } from './apply-commands.ts';
import type { CycleCuts } from './cycle-cuts.ts';
import { createStreaks, type Streaks } from './error-streaks.ts';
import { createWitnesses, type Witnesses } from './hear-witnesses.ts';
import type { KeptLease } from './keep-lease.ts';
import { addLookTime, type LoopProgress, noteCycleEnd, noteLooks } from './loop-progress.ts';
import { waitForWake } from './wait-for-wake.ts';

/** How a run is ended. */
export interface StopSignals {
  /** Finish the cycle that runs, start no other. */
  readonly stop: AbortSignal;
  /** Cut calls to the broker short: the time to finish is over. */
  readonly hurry: AbortSignal;
}

/**
 * Polls while the lease is held: commands first, a cycle when one is due, then rest until the instant that the core
 * named or until a command comes. A cycle that fails is counted and waited for, it never ends the loop.
 *
 * A run begins with a cycle, before any command but a sign-in, without which nothing works: what happened while no
 * poller was at work is what matters then. Orders that only their id leads to are examined in slices, by that cycle and
 * the next ones, so that neither commands nor new fills wait for hundreds of them (`blind/catch-up.ts`).
 */
export async function runPollLoop(
  poller: Poller,
  lease: KeptLease,
  progress: LoopProgress,
  signals: StopSignals,
  cuts: CycleCuts,
): Promise<void> {
  const ended = AbortSignal.any([signals.stop, lease.lost]);
  const cut = AbortSignal.any([signals.hurry, lease.lost]);
  let pending: readonly KnownOrder[] = [];
  const company: Company = {
    witnesses: createWitnesses(poller),
    backfill: createSpotBackfill(poller),
    streaks: createStreaks(poller.events),
  };
  progress.next = decide(poller, progress, pending);
  while (!ended.aborted) {
    using turn = linkedSignal([cut, cuts.begin()]);
    const { signal } = turn;
    try {
      const isSignInOnly = progress.cycles === 0 && progress.consecutiveFailures === 0;
      // Commands may take longer than a poll may be late: a loop that carries them out does not hang.
      progress.cycleStartedAt = poller.clock.now();
      const isOrderAdded = await applyCommands(poller, { fencing: lease.fencing, signal, isSignInOnly });
      // A decision stands until it is carried out: made anew at each wake, a wait after a failure would never end.
      if (isOrderAdded || isDue(poller, progress)) {
        pending = await cycle(poller, lease, progress, company, signal);
      }
      progress.cycleStartedAt = null;
    } catch (error) {
      if (error instanceof StaleLeaseError || cut.aborted) return;
      progress.consecutiveFailures += 1;
      progress.cycleStartedAt = null;
      progress.lastCycleAt = poller.clock.now();
      progress.lastErrorKind = 'loop-failed';
      poller.blindWatch.failed(error, progress.lastCycleAt);
      company.streaks.failed('loop-failed', progress.lastCycleAt);
      progress.next = decide(poller, progress, pending);
      poller.events.loopFailed({ error });
      // Also while a command waits: what failed on it would fail again at once, and again.
      await poller.clock.sleep(FAILED_REST_MS, ended).catch(() => undefined);
    }
    await rest(poller, progress, ended);
  }
}

/** What a loop has beside it. */
interface Company {
  readonly witnesses: Witnesses;
  readonly backfill: SpotBackfill;
  readonly streaks: Streaks;
}

async function cycle(
  poller: Poller,
  lease: KeptLease,
  progress: LoopProgress,
  { witnesses, backfill, streaks }: Company,
  signal: AbortSignal,
): Promise<readonly KnownOrder[]> {
  progress.cycleStartedAt = poller.clock.now();
  const { fencing } = lease;
  const result = await runPollCycle(poller, { fencing, byIdLimit: byIdLimit(poller), signal });
  const { summary, hasList, pending } = result;
  progress.cycles += 1;
  progress.lastCycleAt = summary.startedAt;
  progress.lastOutcome = summary.outcome;
  progress.consecutiveFailures = summary.outcome === 'failed' ? progress.consecutiveFailures + 1 : 0;
  progress.lastErrorKind = summary.errorKind;
  progress.lastLookAt = poller.blindWatch.lastLookAt();
  const isBlind = poller.blindWatch.current() !== null;
  if (isBlind) streaks.failed(summary.errorKind ?? summary.outcome, summary.startedAt);
  else streaks.ended(summary.finishedAt);
  // After the look, for that one is urgent and the built-in rules do for it.
  await poller.learnMarketHours(signal);
  await witnesses.hear(result, { fencing, signal });
  if (!isBlind) await backfill.turn({ fencing, signal });
  progress.caughtUpAt = poller.blindWatch.catchUp.caughtUpAt();
  addLookTime(progress, summary.finishedAt - summary.startedAt);
  progress.load = projectLoad(loadFacts(poller, progress, pending), poller.settings);
  progress.next = decide(poller, progress, pending);
  noteCycleEnd(progress, summary);
  const { from: listedFrom } = pollWindow(poller.calendar(), summary.startedAt);
  if (summary.outcome === 'complete') noteLooks(progress, poller, listedFrom);
  await noteRest(poller, fencing, progress.next);
  poller.events.cycleEnded({ summary, hasList, next: progress.next });
  return pending;
}

/** A rest by choice is a blindness that is known before it begins: it is written when it does. */
async function noteRest(poller: Poller, fencing: number, decision: PollDecision): Promise<void> {
  const spot = poller.blindWatch.rests(decision, poller.clock.now());
  if (spot === null) return;
  await recordOrders(poller, { fencing, cycle: null, orders: [], commands: [], blindSpots: [spot] });
  poller.blindWatch.opened(spot);
}

function decide(poller: Poller, progress: LoopProgress, pending: readonly KnownOrder[]): PollDecision {
  const now = poller.clock.now();
  const budget = poller.client.budget();
  return decideNextPoll(
    {
      now,
      lastCycleAt: progress.lastCycleAt,
      market: marketMoment(poller.calendar(), now),
      pending,
      discoversOrders: poller.discoversOrders,
      consecutiveFailures: progress.consecutiveFailures,
      failureKind: progress.lastErrorKind,
      pausedUntil: budget.pausedUntil,
      requestsPerMinute: budget.allowedPerMinute,
      random: poller.random(),
    },
    poller.settings,
  );
}

function loadFacts(poller: Poller, { lookTimes }: LoopProgress, pending: readonly KnownOrder[]): LoadFacts {
  const now = poller.clock.now();
  return {
    ...sweepFactsOf(poller, pending, now),
    market: marketMoment(poller.calendar(), now),
    lookMs: Math.max(0, ...lookTimes),
  };
}

function isDue(poller: Poller, { next, lastCycleAt }: LoopProgress): boolean {
  const now = poller.clock.now();
  // A clock that was set back would make the announced instant a long way off.
  const isSetBack = lastCycleAt !== null && now < lastCycleAt;
  return isSetBack || (next !== null && next.at !== null && next.at <= now);
}

/** A part of what the budget has left, so that a sweep leaves room for the next list and for commands. */
function byIdLimit(poller: Poller): number {
  const { allowedPerMinute, usedLastMinute } = poller.client.budget();
  return Math.max(1, Math.min(MOST_BY_ID, Math.floor((allowedPerMinute - usedLastMinute) / 4)));
}

const MOST_BY_ID = 10;

/** A database that fails while resting is told and retried: resting must not end the loop either. */
async function rest(poller: Poller, progress: LoopProgress, ended: AbortSignal): Promise<void> {
  try {
    await waitForWake(poller, progress.next?.at ?? null, ended);
  } catch (error) {
    poller.events.loopFailed({ error });
    await poller.clock.sleep(FAILED_REST_MS, ended).catch(() => undefined);
  }
}

const FAILED_REST_MS = 1_000;
