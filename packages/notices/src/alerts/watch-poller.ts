/**
 * Watches whether a poller is at work and its loop moves, from the traces that it leaves in the record: a dead poller
 * cannot tell. Any number of processes may watch; an alert is raised once and cleared once whoever sees it first.
 */
import { type FillDatabase, pollerStateOf, tracesOf } from '@fill-tracker/db';
import {
  type AlertCause,
  type Instant,
  type PollerState,
  SECOND,
  WATCHER_CAUSES,
  watcherAlerts,
} from '@fill-tracker/domain';
import { type NoticeClock, repeatEvery } from '../clock.ts';
import type { NoticeEvents } from '../notice-events.ts';
import { createClearingHold } from './clearing-hold.ts';
import { settleAlerts } from './settle-alerts.ts';

const LOOK_EVERY_MS = 2 * SECOND;
/** A process that looked longer ago was asleep with its machine: what it slept through says nothing of the poller. */
const LONGEST_PAUSE_MS = 10 * SECOND;

export interface PollerWatchParts {
  /** @throws when there is none to read now */
  readonly record: () => FillDatabase;
  readonly clock: NoticeClock;
  readonly notifies: boolean;
  readonly events: NoticeEvents;
}

/** The alert that goes with a state, which only another state ends. */
const KEPT_IN = {
  stopped: 'poller-down',
  stuck: 'poller-slow',
  running: null,
  'never-started': null,
} as const satisfies Readonly<Record<PollerState, AlertCause | null>>;

/** Watches until the signal aborts. Never rejects. */
export async function watchPoller(parts: PollerWatchParts, signal: AbortSignal): Promise<void> {
  const look = createPollerWatch(parts);
  await repeatEvery(LOOK_EVERY_MS, parts.clock, signal, look, (error) => parts.events.noticesTroubled({ error }));
}

/** While a poller runs, an alert that another process left open is looked for this often. */
const LOOK_FOR_OPEN_EVERY_MS = 10 * SECOND;

/** One look; it remembers those before. */
export function createPollerWatch({ record, clock, notifies, events }: PollerWatchParts): () => Promise<void> {
  let watchedSince: Instant | null = null;
  let lookedAt: Instant = -Infinity;
  let slowSince: Instant | null = null;
  let quietSince: Instant = -Infinity;
  const hold = createClearingHold();
  return async () => {
    const now = clock.now();
    if (watchedSince === null || now - lookedAt > LONGEST_PAUSE_MS) watchedSince = now;
    lookedAt = now;
    const db = record();
    const lease = await db.readLease();
    const state = pollerStateOf(lease, now);
    slowSince = state === 'stuck' ? (slowSince ?? now) : null;
    const isRunning = state === 'running';
    if (isRunning && now - quietSince < LOOK_FOR_OPEN_EVERY_MS) return;
    quietSince = -Infinity;
    const open = (await db.openAlerts()).filter(({ cause }) => WATCHER_CAUSES.has(cause));
    if (isRunning && open.length === 0) {
      quietSince = now;
      return;
    }
    const { pending: workingOrders } = await db.countOrders();
    const facts = { traces: tracesOf(lease), watchedSince, slowSince, workingOrders };
    const judged = new Set(WATCHER_CAUSES);
    // Until the grace is over nothing new is known: what an earlier watcher raised stands.
    const kept = KEPT_IN[state];
    if (kept !== null && open.some(({ cause }) => cause === kept)) judged.delete(kept);
    await settleAlerts(open, watcherAlerts(facts, now), {
      db,
      events,
      now,
      workingOrders,
      notifies,
      judged,
      hold,
      fencing: null,
    });
  };
}
