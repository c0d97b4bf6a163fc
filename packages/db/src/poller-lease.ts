/**
 * Who polls and writes. At most one holder at a time; its number grows with each new holder, so a write of a former
 * one, late from a pause or a slow network, is told apart and refused.
 *
 * Each move is one conditional UPDATE: SQLite's write lock makes it atomic between processes, and a transaction that
 * reads before it writes can fail on a lock that no timeout waits for.
 */
import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { StaleLeaseError } from './errors.ts';
import { recordQuietCycles } from './poll-cycles.ts';
import type { QuietCycles } from './quiet-cycles.ts';
import { type JsonObject, jsonObjectOrNull } from './rows/json-text.ts';
import { instantFromTextOrNull, instantText } from './rows/instant-text.ts';

/** Where the loop stands: JSON, for health views. A loop that hangs is one whose lease lives and whose progress does not. */
export type LeaseProgress = JsonObject;

export interface LeaseClaim {
  /** Names the process, such as `host:pid:start`. */
  readonly owner: string;
  readonly now: Instant;
  readonly ttlMs: number;
}

export interface LeaseRenewal {
  readonly fencing: number;
  readonly now: Instant;
  readonly ttlMs: number;
  readonly progress: LeaseProgress;
  /** Uneventful cycles that are not written yet. */
  readonly quiet?: QuietCycles | null;
}

export interface LeaseRelease {
  readonly fencing: number;
  readonly now: Instant;
  /** Uneventful cycles that are not written yet. */
  readonly quiet?: QuietCycles | null;
  /** Where the loop ended. */
  readonly progress?: LeaseProgress;
}

export interface LeaseView {
  /** Null when nobody holds it. */
  readonly owner: string | null;
  /** The number of the last holder; 0 before the first. */
  readonly fencing: number;
  readonly expiresAt: Instant | null;
  readonly heartbeatAt: Instant | null;
  readonly progress: LeaseProgress | null;
  /** Up to when everything at the broker was seen, by whichever holder; null before the first look. */
  readonly lastLookAt: Instant | null;
}

/** Takes the lease unless someone else's has not run out. */
export async function acquireLease(
  db: Queries,
  { owner, now, ttlMs }: LeaseClaim,
): Promise<{ fencing: number } | null> {
  const [taken] = await db.$queryRaw<{ fencing: number }[]>`
    UPDATE lease
    SET owner = ${owner}, fencing = fencing + 1, progress = NULL,
      heartbeat_at = ${instantText(now)}, expires_at = ${instantText(now + ttlMs)}
    WHERE id = 1 AND (owner IS NULL OR owner = ${owner} OR expires_at <= ${instantText(now)})
    RETURNING fencing`;
  return taken === undefined ? null : { fencing: taken.fencing };
}

/** Prolongs the lease, also one that ran out with nobody taking it. @returns false when it is lost */
export async function renewLease(transaction: Queries, renewal: LeaseRenewal): Promise<boolean> {
  const { fencing, now, ttlMs, progress, quiet = null } = renewal;
  const { count } = await transaction.lease.updateMany({
    where: held(fencing),
    data: {
      heartbeatAt: instantText(now),
      expiresAt: instantText(now + ttlMs),
      progress: JSON.stringify(progress),
      ...lastLookIn(progress),
    },
  });
  if (count === 1 && quiet !== null) await recordQuietCycles(transaction, quiet, fencing);
  return count === 1;
}

/** Gives the lease up, so that the next one need not wait. Does nothing when it is lost already. */
export async function releaseLease(transaction: Queries, release: LeaseRelease): Promise<void> {
  const { fencing, now, progress, quiet = null } = release;
  const { count } = await transaction.lease.updateMany({
    where: held(fencing),
    data: { owner: null, heartbeatAt: instantText(now), expiresAt: instantText(now), ...lastLookIn(progress) },
  });
  if (count === 1 && quiet !== null) await recordQuietCycles(transaction, quiet, fencing);
}

/** A heartbeat carries the last good look too, since a cycle in which nothing changed need not be written. */
function lastLookIn(progress: LeaseProgress | undefined): { readonly lastLookAt?: string } {
  const at = progress?.['lastLookAt'];
  return typeof at === 'number' ? { lastLookAt: instantText(at) } : {};
}

export async function readLease(db: Queries): Promise<LeaseView> {
  const row = await db.lease.findUniqueOrThrow({ where: { id: 1 } });
  return {
    owner: row.owner,
    fencing: row.fencing,
    expiresAt: instantFromTextOrNull(row.expiresAt),
    heartbeatAt: instantFromTextOrNull(row.heartbeatAt),
    progress: jsonObjectOrNull(row.progress),
    lastLookAt: instantFromTextOrNull(row.lastLookAt),
  };
}

/**
 * The first statement of every write of a cycle. Being a write, it takes SQLite's write lock at once and waits for it
 * (a transaction that begins by reading does not); from then on nobody else can take the lease.
 *
 * @param lastLookAt of a good look, up to when it saw everything
 * @throws {StaleLeaseError} when the lease has another number, or was given up
 */
export async function assertHoldingLease(
  transaction: Queries,
  fencing: number,
  lastLookAt: Instant | null = null,
): Promise<void> {
  const data = { fencing, ...(lastLookAt !== null && { lastLookAt: instantText(lastLookAt) }) };
  const { count } = await transaction.lease.updateMany({ where: held(fencing), data });
  if (count !== 1) throw new StaleLeaseError(fencing);
}

function held(fencing: number) {
  return { id: 1, fencing, owner: { not: null } };
}
