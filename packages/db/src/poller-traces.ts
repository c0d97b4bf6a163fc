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

function numberIn(progress: LeaseView['progress'], name: string): number | null {
  const value = progress?.[name];
  return typeof value === 'number' ? value : null;
}
