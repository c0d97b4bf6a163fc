import type { LeaseProgress } from '@fill-tracker/db';
import { SECOND } from '@fill-tracker/domain';
import type { Poller } from '../poller.ts';

/** How long a lease holds without a heartbeat. A standby takes over at most this, and one look, later. */
const LEASE_TTL_MS = 10 * SECOND;
const HEARTBEAT_EVERY_MS = 3 * SECOND;

/** A lease that is renewed on a timer of its own, so that a hung loop shows by its progress. */
export interface KeptLease {
  readonly fencing: number;
  /** Aborts when somebody else holds the lease, or may. */
  readonly lost: AbortSignal;
  /** Stops renewing, and gives the lease back so that a standby need not wait. */
  release(): Promise<void>;
}

/** What it takes to hold a lease: no broker. */
export type LeaseSeeker = Pick<Poller, 'owner' | 'db' | 'clock' | 'events' | 'unwrittenCycles'>;

/**
 * Takes the lease if it is free. Null while another poller holds it.
 *
 * @param isHung while true the lease is not renewed: a holder that does not move gives way to a standby
 */
export async function takeLease(
  poller: LeaseSeeker,
  progress: () => LeaseProgress,
  isHung: () => boolean = () => false,
): Promise<KeptLease | null> {
  const taken = await poller.db.acquireLease({ owner: poller.owner, now: poller.clock.now(), ttlMs: LEASE_TTL_MS });
  if (taken === null) return null;
  const { fencing } = taken;
  poller.events.leaseTaken({ owner: poller.owner, fencing, at: poller.clock.now() });
  const ended = new AbortController();
  const lost = new AbortController();
  const renewing = renewUntilEnded(poller, fencing, { progress, isHung, ended: ended.signal }, () => {
    poller.events.leaseLost({ owner: poller.owner, fencing });
    lost.abort(new Error('the lease is lost'));
  });
  return {
    fencing,
    lost: lost.signal,
    async release() {
      ended.abort();
      await renewing;
      if (lost.signal.aborted) return;
      await poller.unwrittenCycles.handOver((quiet) =>
        poller.db.releaseLease({ fencing, now: poller.clock.now(), quiet, progress: progress() }),
      );
    },
  };
}

async function renewUntilEnded(
  poller: LeaseSeeker,
  fencing: number,
  { progress, isHung, ended }: { progress: () => LeaseProgress; isHung: () => boolean; ended: AbortSignal },
  onLost: () => void,
): Promise<void> {
  let expiresAt = poller.clock.now() + LEASE_TTL_MS;
  while (!ended.aborted) {
    const renewal = isHung() ? 'not-asked' : await renew(poller, fencing, progress());
    if (renewal === 'renewed') expiresAt = poller.clock.now() + LEASE_TTL_MS;
    // A database that does not answer is no proof of a loss, until the lease has run out.
    if (renewal === 'lost' || poller.clock.now() >= expiresAt) return onLost();
    await poller.clock.sleep(HEARTBEAT_EVERY_MS, ended).catch(() => undefined);
  }
}

async function renew(
  poller: LeaseSeeker,
  fencing: number,
  progress: LeaseProgress,
): Promise<'renewed' | 'lost' | 'no-answer'> {
  try {
    const held = await poller.unwrittenCycles.handOver((quiet) =>
      poller.db.renewLease({ fencing, now: poller.clock.now(), ttlMs: LEASE_TTL_MS, progress, quiet }),
    );
    if (held) poller.events.leaseRenewed({ fencing });
    return held ? 'renewed' : 'lost';
  } catch {
    return 'no-answer';
  }
}
