import type { FillDatabase } from '@fill-tracker/db';
import { SECOND } from '@fill-tracker/domain';
import { type Clock, type RefreshLock, SchwabError } from '@fill-tracker/schwab-client';

/** An owner that dies keeps the lock this long at most. */
const TTL_MS = 15 * SECOND;
const RENEW_EVERY_MS = 5 * SECOND;
const LOOK_EVERY_MS = 200;
/** Longer than a refresh with all its retries. */
const WAIT_AT_MOST_MS = 150 * SECOND;

export interface RefreshLockParts {
  readonly db: Pick<FillDatabase, 'acquireLock' | 'renewLock' | 'releaseLock'>;
  readonly clock: Clock;
  /** A new name each time: two clients of one process exclude each other too. */
  readonly newOwner: () => string;
}

/**
 * Lets one process at a time refresh the tokens of a record: poller, standby and command line alike. Held for as long
 * as a refresh takes, by renewing it; when its owner dies, it runs out.
 */
export function createRefreshLock({ db, clock, newOwner }: RefreshLockParts): RefreshLock {
  return {
    async withLock(run) {
      const owner = newOwner();
      const claim = () => ({ name: 'token-refresh', owner, now: clock.now(), ttlMs: TTL_MS }) as const;
      const giveUpAt = clock.now() + WAIT_AT_MOST_MS;
      while (!(await db.acquireLock(claim()))) {
        if (clock.now() >= giveUpAt) throw neverFree();
        await clock.sleep(LOOK_EVERY_MS);
      }
      const ended = new AbortController();
      const renewing = keepRenewing(() => db.renewLock(claim()), clock, ended.signal);
      try {
        return await run();
      } finally {
        ended.abort();
        await renewing;
        // What was done under the lock counts, whatever becomes of the lock: it runs out by itself.
        await db.releaseLock(claim()).catch(() => undefined);
      }
    },
  };
}

/** A renewal that fails is made up for by the next: three fit into the time that the lock has. */
async function keepRenewing(renew: () => Promise<boolean>, clock: Clock, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await clock.sleep(RENEW_EVERY_MS, ended).catch(() => undefined);
    if (!ended.aborted) await renew().catch(() => false);
  }
}

function neverFree(): SchwabError {
  return new SchwabError(
    'timeout',
    `another process has been refreshing the tokens for ${WAIT_AT_MOST_MS / SECOND} s; end it if it hangs`,
  );
}
