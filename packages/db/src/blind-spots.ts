/** The intervals in which the tracker could not see: what the poller writes of them, and what others read. */
import { BLIND_CAUSES, type BlindCause, type BlindSpot, HOUR, type Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { lastCompleteCycleAt } from './cycle-history.ts';
import type { BlindSpotModel } from './generated/models.ts';
import { readLease } from './poller-lease.ts';
import { pollerStateOf, tracesOf } from './poller-traces.ts';
import { instantFromText, instantFromTextOrNull, instantText, instantTextOrNull } from './rows/instant-text.ts';
import { isWordOf, wordOf } from './rows/words.ts';

export interface StoredBlindSpot extends BlindSpot {
  readonly id: number;
  /** When everything that happened in it was in the record; null until then. */
  readonly backfilledAt: Instant | null;
}

/** A stored spot that is over. */
export interface EndedBlindSpot extends StoredBlindSpot {
  readonly endedAt: Instant;
}

/** A blind spot with what it kept out of sight. */
export interface ToldBlindSpot extends StoredBlindSpot {
  /** Fills that happened in it and were found after it. */
  readonly lateFills: number;
}

/** That all of a blind spot is in the record. */
export interface BackfilledSpot {
  readonly id: number;
  readonly at: Instant;
}

export interface BlindSpotSummary {
  /** The blindness of now; null while the tracker sees. Also one that nobody could write down, as no poller is at work. */
  readonly open: { readonly beganAt: Instant; readonly cause: BlindCause } | null;
  /** Within the last 24 hours, the open one included, those by choice left out. */
  readonly lastDay: { readonly spots: number; readonly totalMs: number };
  /** Spots that are over and of which not everything is in the record yet. */
  readonly toBackfill: number;
}

/** Opens a spot, or writes how the open one stands, or ended; it keeps its beginning and its cause. */
export async function writeBlindSpots(transaction: Queries, spots: readonly BlindSpot[]): Promise<void> {
  for (const { beganAt, endedAt, cause, also } of spots) {
    const news = { endedAt: instantTextOrNull(endedAt), also: also.join(' ') };
    const { count } = await transaction.blindSpot.updateMany({ where: { endedAt: null }, data: news });
    if (count > 0) continue;
    await transaction.blindSpot.create({ data: { beganAt: instantText(beganAt), cause, ...news } });
  }
}

/** @throws {RangeError} when there is no such spot to conclude */
export async function concludeBackfills(transaction: Queries, spots: readonly BackfilledSpot[]): Promise<void> {
  for (const { id, at } of spots) {
    const { count } = await transaction.blindSpot.updateMany({
      where: { id, endedAt: { not: null }, backfilledAt: null },
      data: { backfilledAt: instantText(at) },
    });
    if (count === 0) throw new RangeError(`there is no blind spot ${id} that is over and not back-filled`);
  }
}

export async function openBlindSpot(db: Queries): Promise<StoredBlindSpot | null> {
  const row = await db.blindSpot.findFirst({ where: { endedAt: null }, orderBy: { id: 'desc' } });
  return row && blindSpotFromRow(row);
}

/** Oldest first. */
export async function loadBlindSpotsToBackfill(db: Queries): Promise<readonly StoredBlindSpot[]> {
  const rows = await db.blindSpot.findMany({
    where: { endedAt: { not: null }, backfilledAt: null },
    orderBy: { id: 'asc' },
  });
  return rows.map(blindSpotFromRow);
}

/** One page, newest first. */
export async function pageBlindSpots(
  db: Queries,
  { beforeId, limit }: { beforeId?: number; limit: number },
): Promise<readonly ToldBlindSpot[]> {
  const rows = await db.blindSpot.findMany({
    ...(beforeId !== undefined && { where: { id: { lt: beforeId } } }),
    orderBy: { id: 'desc' },
    take: limit,
  });
  const late = await lateFillsOf(db, rows);
  return rows.map((row) => ({ ...blindSpotFromRow(row), lateFills: late.get(row.id) ?? 0 }));
}

/** The spots that are over and in which something that happened between two instants may lie. */
export async function loadBlindSpotsAcross(
  db: Queries,
  { from, to }: { from: Instant; to: Instant },
): Promise<readonly StoredBlindSpot[]> {
  const rows = await db.blindSpot.findMany({
    // A fill's time is a whole second: a spot that began within it may have kept it out of sight.
    where: { endedAt: { gte: instantText(from) }, beganAt: { lt: instantText(to + 1_000) } },
    orderBy: { id: 'asc' },
  });
  return rows.map(blindSpotFromRow);
}

/** Those that are over. */
export function endedSpots(spots: readonly StoredBlindSpot[]): readonly EndedBlindSpot[] {
  return spots.flatMap(({ endedAt, ...spot }) => (endedAt === null ? [] : [{ ...spot, endedAt }]));
}

const DAY_MS = 24 * HOUR;

export async function summariseBlindSpots(db: Queries, now: Instant): Promise<BlindSpotSummary> {
  const since = now - DAY_MS;
  const rows = await db.blindSpot.findMany({
    where: { OR: [{ endedAt: null }, { endedAt: { gt: instantText(since) } }] },
    orderBy: { id: 'asc' },
  });
  const stored = rows.map(blindSpotFromRow);
  const written = stored.find(({ endedAt }) => endedAt === null) ?? null;
  const open = (await unwrittenSpot(db, written, now)) ?? written;
  const spots = [...stored.filter(({ endedAt }) => endedAt !== null), ...(open === null ? [] : [open])];
  const unwanted = spots.filter(({ cause }) => cause !== 'closed-by-choice');
  const lengths = unwanted.map(({ beganAt, endedAt }) => Math.min(endedAt ?? now, now) - Math.max(beganAt, since));
  return {
    open: open && { beganAt: open.beganAt, cause: open.cause },
    lastDay: { spots: unwanted.length, totalMs: lengths.reduce((sum, length) => sum + Math.max(0, length), 0) },
    toBackfill: await db.blindSpot.count({ where: { endedAt: { not: null }, backfilledAt: null } }),
  };
}

/**
 * A poller that is dead or hangs writes nothing; that it is blind shows by its lease. After a rest by choice it is so
 * since the look that it announced for the end of the rest.
 */
async function unwrittenSpot(db: Queries, open: BlindSpot | null, now: Instant): Promise<BlindSpot | null> {
  if (open !== null && open.cause !== 'closed-by-choice') return null;
  const lease = await readLease(db);
  const state = pollerStateOf(lease, now);
  if (state !== 'stopped' && state !== 'stuck') return null;
  const beganAt = open === null ? (lease.lastLookAt ?? (await lastCompleteCycleAt(db))) : tracesOf(lease).nextPollAt;
  if (beganAt === null || (open !== null && beganAt > now)) return null;
  return { beganAt, endedAt: null, cause: state === 'stopped' ? 'poller-down' : 'overrun', also: [] };
}

/** How many fills each of these spots kept out of sight to the end, by its id: the rule of `blindSpotOfFill`. */
async function lateFillsOf(db: Queries, rows: readonly BlindSpotModel[]): Promise<ReadonlyMap<number, number>> {
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const counts = await db.$queryRaw<{ id: number; lateFills: number | bigint }[]>`
    SELECT spots.id AS "id", COUNT(*) AS "lateFills"
    FROM blind_spots AS spots JOIN fills ON fills.version = 1 AND fills.committed_at >= spots.ended_at
      AND fills.occurred_at BETWEEN substr(spots.began_at, 1, 19) || '.000Z' AND spots.ended_at
    WHERE spots.id IN (SELECT value FROM json_each(${ids}))
      AND NOT EXISTS (
        SELECT 1 FROM blind_spots AS later
        WHERE later.ended_at > spots.ended_at AND later.ended_at <= fills.committed_at
          AND fills.occurred_at BETWEEN substr(later.began_at, 1, 19) || '.000Z' AND later.ended_at)
    GROUP BY spots.id`;
  return new Map(counts.map(({ id, lateFills }) => [id, Number(lateFills)]));
}

function blindSpotFromRow(row: BlindSpotModel): StoredBlindSpot {
  return {
    id: row.id,
    beganAt: instantFromText(row.beganAt),
    endedAt: instantFromTextOrNull(row.endedAt),
    cause: wordOf(BLIND_CAUSES, row.cause),
    also: row.also.split(' ').filter((word) => isWordOf(BLIND_CAUSES, word)),
    backfilledAt: instantFromTextOrNull(row.backfilledAt),
  };
}
