import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';

/**
 * From the broker's time of each fill to its record, ms, for fills recorded after an instant. What filled while no
 * poller was at work says nothing about how fast a poller is, and is left out. Upper bounds: broker times are whole
 * seconds. A correction tells of a trade that was known long before, so only first versions that still count do.
 */
export async function detectionLatenciesSince(db: Queries, at: Instant): Promise<readonly number[]> {
  const runs = await runsSince(db, at);
  const fills = await db.$queryRaw<{ occurredAt: string; committedAt: string }[]>`
    SELECT occurred_at AS "occurredAt", committed_at AS "committedAt" FROM fills
    WHERE occurred_at IS NOT NULL AND version = 1 AND withdrawn_at IS NULL
      AND id > COALESCE((SELECT id FROM fills WHERE committed_at < ${instantText(at)} ORDER BY id DESC LIMIT 1), 0)`;
  return fills.flatMap((fill) => {
    const occurredAt = instantFromText(fill.occurredAt);
    const committedAt = instantFromText(fill.committedAt);
    const watchedSince = runs.find((startedAt) => startedAt <= committedAt);
    const wasWatched = watchedSince !== undefined && occurredAt >= watchedSince;
    return wasWatched ? [Math.max(0, committedAt - occurredAt)] : [];
  });
}

/** When each run of a poller began, newest first: its first cycle, or the last one before the instant. */
async function runsSince(db: Queries, at: Instant): Promise<readonly Instant[]> {
  const rows = await db.$queryRaw<{ startedAt: string }[]>`
    SELECT MIN(started_at) AS "startedAt" FROM poll_cycles
    WHERE id >= COALESCE((SELECT id FROM poll_cycles WHERE started_at < ${instantText(at)} ORDER BY id DESC LIMIT 1), 0)
    GROUP BY fencing ORDER BY fencing DESC`;
  return rows.map(({ startedAt }) => instantFromText(startedAt));
}
