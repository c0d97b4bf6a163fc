import { type KeptLease, type LeaseSeeker, takeLease } from '../loop/keep-lease.ts';
import { newLoopProgress, progressForLease } from '../loop/loop-progress.ts';
import { LeaseHeldError } from '../loop/run-once.ts';

/**
 * Does something as the one who writes the record, and gives the lease back whatever comes of it.
 *
 * @param what for the message, such as `The import`
 * @throws {LeaseHeldError} naming the poller that holds the lease.
 */
export async function underLease<T>(
  seeker: LeaseSeeker,
  what: string,
  work: (lease: KeptLease) => Promise<T>,
): Promise<T> {
  const lease = await takeLease(seeker, () => progressForLease(newLoopProgress(), null));
  if (lease === null) throw await heldElsewhere(seeker, what);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}

async function heldElsewhere({ db }: LeaseSeeker, what: string): Promise<LeaseHeldError> {
  const { owner, expiresAt } = await db.readLease();
  const until = expiresAt === null ? 'unknown' : new Date(expiresAt).toISOString();
  return new LeaseHeldError(
    `${what} writes the record, and only one process may: the poller ${owner ?? 'unknown'} holds its lease until ` +
      `${until}. Stop it, run this command, and start it again.`,
  );
}
