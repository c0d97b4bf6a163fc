import { type Instant, type PollerState, pollerStateAt, type PollerTraces } from '@fill-tracker/domain';
import type { LeaseView } from './poller-lease.ts';

/** What the lease tells of the poller at work. */
export function tracesOf(lease: LeaseView): PollerTraces {
  return {
    heartbeatAt: lease.heartbeatAt,
    leaseUntil: lease.expiresAt,
    nextPollAt: numberIn(lease.progress, 'nextPollAt'),
    cycleStartedAt: numberIn(lease.progress, 'cycleStartedAt'),
  };
}

/** How the poller stands, judged by its lease. */
export function pollerStateOf(lease: LeaseView, now: Instant): PollerState {
  return pollerStateAt(tracesOf(lease), now);
}

/** When the list last reached back to orders that rest; null when nobody tells. */
export function lastSweepAt({ progress }: LeaseView): Instant | null {
  return numberIn(progress, 'sweptAt');
}

/** What the poller at work last told of itself; null where it tells nothing, and when none is at work. */
export interface PollerReadings {
  readonly clockSkewMs: number | null;
  readonly clockSkewUncertaintyMs: number | null;
  /** Calls sent in the minute before its last heartbeat. */
  readonly requestsLastMinute: number | null;
}

const NO_READINGS: PollerReadings = { clockSkewMs: null, clockSkewUncertaintyMs: null, requestsLastMinute: null };

export function readingsOf(lease: LeaseView, now: Instant): PollerReadings {
  const state = pollerStateOf(lease, now);
  if (state !== 'running' && state !== 'stuck') return NO_READINGS;
  return {
    clockSkewMs: numberIn(lease.progress, 'clockSkewMs'),
    clockSkewUncertaintyMs: numberIn(lease.progress, 'clockSkewUncertaintyMs'),
    requestsLastMinute: numberIn(lease.progress, 'requestsLastMinute'),
  };
}

/** A number that the loop told of itself; null when it tells none. */
export function numberIn(progress: LeaseView['progress'], name: string): number | null {
  const value = progress?.[name];
  return typeof value === 'number' ? value : null;
}
