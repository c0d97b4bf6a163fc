/**
 * What one process at a time may do. A lock runs out unless its owner prolongs it, so that one who died does not keep it.
 *
 * Each move is one conditional statement: SQLite's write lock makes it atomic between processes.
 */
import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { instantText } from './rows/instant-text.ts';

/** What can be locked. */
export type LockName = 'token-refresh' | 'outbox';

export interface LockClaim {
  readonly name: LockName;
  /** New for each claim: two claims of one process exclude each other too. */
  readonly owner: string;
  readonly now: Instant;
  readonly ttlMs: number;
}

/** Takes the lock unless another owner's has not run out. @returns whether it is held now */
export async function acquireLock(db: Queries, { name, owner, now, ttlMs }: LockClaim): Promise<boolean> {
  const taken = await db.$queryRaw<unknown[]>`
    INSERT INTO locks (name, owner, expires_at) VALUES (${name}, ${owner}, ${instantText(now + ttlMs)})
    ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
      WHERE locks.expires_at <= ${instantText(now)}
    RETURNING 1 AS taken`;
  return taken.length === 1;
}

/** Prolongs the lock, also one that ran out with nobody taking it. @returns false when another owner has it */
export async function renewLock(db: Queries, { name, owner, now, ttlMs }: LockClaim): Promise<boolean> {
  const { count } = await db.lock.updateMany({
    where: { name, owner },
    data: { expiresAt: instantText(now + ttlMs) },
  });
  return count === 1;
}

/** Gives the lock up. Does nothing when another owner has it. */
export async function releaseLock(db: Queries, { name, owner }: Pick<LockClaim, 'name' | 'owner'>): Promise<void> {
  await db.lock.deleteMany({ where: { name, owner } });
}
