import type { LeaseView } from '@fill-tracker/db';
import { type PollerState, pollerStateAt, type PollerTraces } from '@fill-tracker/domain';

/** What the lease tells of the poller at work. */
export function tracesOf(lease: LeaseView): PollerTraces {
  return {
    heartbeatAt: lease.heartbeatAt,
    leaseUntil: lease.expiresAt,
    nextPollAt: numberIn(lease.progress, 'nextPollAt'),
    cycleStartedAt: numberIn(lease.progress, 'cycleStartedAt'),
  };
}

export function stateOf(lease: LeaseView, now: number): PollerState {
  return pollerStateAt(tracesOf(lease), now);
}

function numberIn(progress: LeaseView['progress'], name: string): number | null {
  const value = progress?.[name];
  return typeof value === 'number' ? value : null;
}
