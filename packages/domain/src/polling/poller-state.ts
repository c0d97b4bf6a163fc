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

/** What the record holds of the poller at work. */
export interface PollerTraces {
  readonly heartbeatAt: Instant | null;
  /** Until when the lease holds without another heartbeat; null when it was given back. */
  readonly leaseUntil: Instant | null;
  /** When its loop announced the next poll; null while a cycle runs, or when it waits for a command. */
  readonly nextPollAt: Instant | null;
  readonly lastCycleAt: Instant | null;
}

/** A cycle that takes longer, or a poll that is overdue by more, means that the loop hangs. */
const HANGS_AFTER_MS = 60 * SECOND;

/** Judges a poller by its traces. A dead one shows once its lease has run out, within 10 s. */
export function pollerStateAt(traces: PollerTraces, now: Instant): PollerState {
  if (traces.heartbeatAt === null) return 'never-started';
  if (traces.leaseUntil === null || now >= traces.leaseUntil) return 'stopped';
  const expected = traces.nextPollAt ?? (traces.lastCycleAt === null ? null : traces.lastCycleAt + HANGS_AFTER_MS);
  return expected !== null && now > expected + HANGS_AFTER_MS ? 'stuck' : 'running';
}
