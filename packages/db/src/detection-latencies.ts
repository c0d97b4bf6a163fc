import { blindSpotOfFill, type EndedSpot, type Instant } from '@fill-tracker/domain';
import { endedSpots, loadBlindSpotsAcross } from './blind-spots.ts';
import type { Queries } from './connection.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';

/**
 * From the broker's time of each fill to its record, ms, for fills recorded after an instant. What filled while no
 * poller was at work, or in a blind spot, says nothing about how fast a poller is, and is left out; `countLateFillsSince`
 * tells how much that was. Upper bounds: broker times are whole seconds.
 */
export async function detectionLatenciesSince(db: Queries, at: Instant): Promise<readonly number[]> {
  const [runs, fills] = [await runsSince(db, at), await timedFillsSince(db, at)];
  const spots = await spotsAround(db, fills);
  return fills.flatMap((fill) => {
    const { occurredAt, committedAt } = fill;
    const watchedSince = runs.find((startedAt) => startedAt <= committedAt);
    const wasWatched = watchedSince !== undefined && occurredAt >= watchedSince;
    return wasWatched && blindSpotOfFill(fill, spots) === null ? [Math.max(0, committedAt - occurredAt)] : [];
  });
}

/** Fills recorded after an instant that happened in a blind spot and were found after it. */
export async function countLateFillsSince(db: Queries, at: Instant): Promise<number> {
  const fills = await timedFillsSince(db, at);
  const spots = await spotsAround(db, fills);
  return fills.filter((fill) => blindSpotOfFill(fill, spots) !== null).length;
}

interface TimedFill {
  readonly occurredAt: Instant;
  readonly committedAt: Instant;
}

/** A correction tells of a trade that was known long before, so only first versions that still count are here. */
async function timedFillsSince(db: Queries, at: Instant): Promise<readonly TimedFill[]> {
  const fills = await db.$queryRaw<{ occurredAt: string; committedAt: string }[]>`
    SELECT occurred_at AS "occurredAt", committed_at AS "committedAt" FROM fills
    WHERE occurred_at IS NOT NULL AND version = 1 AND withdrawn_at IS NULL
      AND id > COALESCE((SELECT id FROM fills WHERE committed_at < ${instantText(at)} ORDER BY id DESC LIMIT 1), 0)`;
  return fills.map(({ occurredAt, committedAt }) => ({
    occurredAt: instantFromText(occurredAt),
    committedAt: instantFromText(committedAt),
  }));
}

async function spotsAround(db: Queries, fills: readonly TimedFill[]): Promise<readonly EndedSpot[]> {
  if (fills.length === 0) return [];
  const times = fills.map(({ occurredAt }) => occurredAt);
  // Not by spreading: a day may bring more fills than a call takes arguments.
  const from = times.reduce((a, b) => Math.min(a, b));
  const to = times.reduce((a, b) => Math.max(a, b));
  return endedSpots(await loadBlindSpotsAcross(db, { from, to }));
}

/** When each run of a poller began, newest first: its first cycle, or the last one before the instant. */
async function runsSince(db: Queries, at: Instant): Promise<readonly Instant[]> {
  const rows = await db.$queryRaw<{ startedAt: string }[]>`
    SELECT MIN(started_at) AS "startedAt" FROM poll_cycles
    WHERE id >= COALESCE((SELECT id FROM poll_cycles WHERE started_at < ${instantText(at)} ORDER BY id DESC LIMIT 1), 0)
    GROUP BY fencing ORDER BY fencing DESC`;
  return rows.map(({ startedAt }) => instantFromText(startedAt));
}
