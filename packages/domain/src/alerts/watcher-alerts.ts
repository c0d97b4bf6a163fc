/**
 * What the traces of a poller say of it, judged from outside: a dead one cannot tell. Another process of the same
 * record (the API, a poller that stands by) asks this.
 */
import { type Instant, SECOND } from '../instant.ts';
import { pollerStateAt, type PollerTraces } from '../polling/poller-state.ts';
import type { AlertCause } from './alert-cause.ts';
import { durationText } from './duration-text.ts';
import type { StandingAlert } from './standing-alert.ts';

export const WATCHER_CAUSES: ReadonlySet<AlertCause> = new Set(['poller-down', 'poller-slow']);

/** After a lost heartbeat: the lease takes 10 s to run out, and a standby a second or two to take over. */
const LOST_GRACE_MS = 15 * SECOND;
/** After a lease that was given back: a restart, an update or a reboot of the container takes less. */
const RELEASED_GRACE_MS = 60 * SECOND;
/** A loop that overran what it announced may be about to move. */
const SLOW_GRACE_MS = 10 * SECOND;

export interface WatcherFacts {
  readonly traces: PollerTraces;
  /** Since when this process has watched without a pause: what it slept through it cannot judge. */
  readonly watchedSince: Instant;
  /** Since when the loop has overrun what it announced, as far as this process saw; null when it moves. */
  readonly slowSince: Instant | null;
  readonly workingOrders: number;
}

/** A poller that never worked on this record is no alarm: nobody counts on it yet. */
export function watcherAlerts(facts: WatcherFacts, now: Instant): readonly StandingAlert[] {
  const state = pollerStateAt(facts.traces, now);
  if (state === 'stopped') return pollerDown(facts, now);
  return state === 'stuck' ? pollerSlow(facts, now) : [];
}

function pollerDown({ traces, watchedSince, workingOrders }: WatcherFacts, now: Instant): readonly StandingAlert[] {
  const { heartbeatAt, leaseUntil } = traces;
  if (heartbeatAt === null) return [];
  const isReleased = leaseUntil === null || leaseUntil <= heartbeatAt;
  const graceMs = isReleased ? RELEASED_GRACE_MS : LOST_GRACE_MS;
  if (now - Math.max(heartbeatAt, watchedSince) < graceMs) return [];
  const ended = isReleased ? 'it was stopped' : 'its heartbeat was lost';
  return [
    {
      cause: 'poller-down',
      subject: '',
      since: heartbeatAt,
      summary: `No poller has been at work for ${durationText(now - heartbeatAt)}: ${ended}. ${unwatched(workingOrders)}`,
      detail: { workingOrders, wasStopped: isReleased ? 'yes' : 'no' },
    },
  ];
}

function pollerSlow({ slowSince, workingOrders }: WatcherFacts, now: Instant): readonly StandingAlert[] {
  if (slowSince === null || now - slowSince < SLOW_GRACE_MS) return [];
  return [
    {
      cause: 'poller-slow',
      subject: '',
      since: slowSince,
      summary: `The poller is alive, but its loop has not moved for ${durationText(now - slowSince)}. ${unwatched(workingOrders)}`,
      detail: { workingOrders },
    },
  ];
}

/** How many orders go unwatched, in a sentence. */
export function unwatched(workingOrders: number): string {
  if (workingOrders === 0) return 'No order is working.';
  return workingOrders === 1 ? '1 working order goes unwatched.' : `${workingOrders} working orders go unwatched.`;
}
