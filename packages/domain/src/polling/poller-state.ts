import { type Instant, SECOND } from '../instant.ts';

/** How a poller stands, judged from outside by its lease, its heartbeat and what it said it would do. */
export type PollerState =
  /** Its heartbeat is fresh and its loop moves. */
  | 'running'
  /** Its heartbeat is fresh, but its loop overran what it announced. */
  | 'stuck'
  /** No poller holds the lease. */
  | 'stopped'
  | 'never-started';

/** What each state means and what to do about it, for people. */
export const POLLER_STATES: Readonly<Record<PollerState, string>> = {
  running: 'The poller is at work.',
  stuck: 'The poller is alive, but its loop does not move. Restart it; its log says what it was doing.',
  stopped: 'No poller is at work: nothing is being watched. Start one with `poller run`.',
  'never-started': 'No poller has worked on this record yet. Start one with `poller run`.',
};

/** What the record holds of the poller at work. */
export interface PollerTraces {
  readonly heartbeatAt: Instant | null;
  /** Until when the lease holds without another heartbeat; null when it was given back. */
  readonly leaseUntil: Instant | null;
  /** When the cycle that runs began; null between cycles. */
  readonly cycleStartedAt: Instant | null;
  /** When the loop announced the next poll; null before the first, or when it waits for a command alone. */
  readonly nextPollAt: Instant | null;
}

/** All timeouts and retries of a cycle's calls take less. */
const LONGEST_CYCLE_MS = 120 * SECOND;
/** A poll that is overdue by more does not come any more. */
const LONGEST_DELAY_MS = 10 * SECOND;

/** Judges a poller by its traces. A dead one shows once its lease has run out, within 10 s. */
export function pollerStateAt(traces: PollerTraces, now: Instant): PollerState {
  if (traces.heartbeatAt === null) return 'never-started';
  if (traces.leaseUntil === null || now >= traces.leaseUntil) return 'stopped';
  return isStuck(traces, now) ? 'stuck' : 'running';
}

/** True when a loop overran what it announced. */
export function isStuck(
  { cycleStartedAt, nextPollAt }: Omit<PollerTraces, 'heartbeatAt' | 'leaseUntil'>,
  now: Instant,
): boolean {
  if (cycleStartedAt !== null) return now > cycleStartedAt + LONGEST_CYCLE_MS;
  return nextPollAt !== null && now > nextPollAt + LONGEST_DELAY_MS;
}
