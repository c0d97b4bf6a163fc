import type { Queries } from './connection.ts';
import { loadOrderViews, type OrderView } from './orders.ts';

/** More orders than any chain has, and few enough to show. */
const MAX_CANDIDATES = 500;

/**
 * How far apart, in seconds, the end of a replaced order and the entry of another may lie for one to be looked at as
 * the other's successor. Wider than the rule that decides: this only gathers what it decides on.
 */
const NEAR_SECONDS = 10;

/**
 * The order and those that may belong to its replacement chain, by id: whatever was entered near the end of a
 * REPLACED order of the same account and symbol, or the other way about, and from there on; and what people linked.
 * Rivals of a neighbour are neighbours too, so the rule sees all that could make it unsure.
 *
 * An order of several legs is found by their count, because the broker lists legs in any order and the record names
 * an order by its first. Bounded; each step is a search in an index by account and time.
 */
export async function loadChainCandidates(db: Queries, orderId: number): Promise<readonly OrderView[]> {
  const before = `-${NEAR_SECONDS} seconds`;
  const after = `+${NEAR_SECONDS} seconds`;
  const found = await db.$queryRaw<{ id: number }[]>`
    WITH RECURSIVE related(id) AS (
      SELECT id FROM orders WHERE id = ${orderId}
      UNION
      SELECT later.id
      FROM related
      JOIN orders AS replaced ON replaced.id = related.id AND replaced.broker_status = 'REPLACED'
      JOIN orders AS later ON later.account_id = replaced.account_id
        AND later.entered_at >= strftime('%Y-%m-%dT%H:%M:%fZ', replaced.reported_close_time, ${before})
        AND later.entered_at <= strftime('%Y-%m-%dT%H:%M:%fZ', replaced.reported_close_time, ${after})
        AND (later.symbol = replaced.symbol OR (later.leg_count > 1 AND later.leg_count = replaced.leg_count))
      UNION
      SELECT replaced.id
      FROM related
      JOIN orders AS later ON later.id = related.id
      JOIN orders AS replaced ON replaced.account_id = later.account_id AND replaced.broker_status = 'REPLACED'
        AND replaced.reported_close_time >= strftime('%Y-%m-%dT%H:%M:%fZ', later.entered_at, ${before})
        AND replaced.reported_close_time <= strftime('%Y-%m-%dT%H:%M:%fZ', later.entered_at, ${after})
        AND (later.symbol = replaced.symbol OR (later.leg_count > 1 AND later.leg_count = replaced.leg_count))
      UNION
      SELECT replaces_order_id FROM related JOIN order_links ON order_id = related.id
      WHERE replaces_order_id IS NOT NULL
      UNION
      SELECT order_id FROM related JOIN order_links ON replaces_order_id = related.id
      LIMIT ${MAX_CANDIDATES}
    )
    SELECT id FROM related`;
  const ids = found.map(({ id }) => id).sort((a, b) => a - b);
  return await loadOrderViews(db, ids);
}
