/** The orders that alerts may be about. Few: those with a flag that is news, and those for one day that are overdue. */
import { type DayOrder, type FlaggedOrder, type Instant, NEWS_FOR_MS, ORDER_FLAGS } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';
import { isWordOf } from './rows/words.ts';

/** Flagged orders that are pending, or whose flags may be young, with the instant from which on each flag stands. */
export async function loadFlaggedOrders(db: Queries, now: Instant): Promise<readonly FlaggedOrder[]> {
  const rows = await db.$queryRaw<FlaggedRow[]>`
    SELECT id, account_id AS "accountId", broker_order_id AS "brokerOrderId", symbol, status, flags,
      first_seen_at AS "firstSeenAt"
    FROM orders
    WHERE flags <> '' AND (status = 'PENDING' OR last_changed_at >= ${instantText(now - NEWS_FOR_MS)})`;
  if (rows.length === 0) return [];
  const changes = await db.$queryRaw<FlagChange[]>`
    SELECT order_id AS "orderId", COALESCE("before" ->> '$.flags', '') AS "before",
      COALESCE("after" ->> '$.flags', '') AS "after", recorded_at AS "recordedAt"
    FROM audit_entries
    WHERE kind = 'FLAGS_CHANGED'
      AND order_id IN (SELECT value FROM json_each(${JSON.stringify(rows.map(({ id }) => id))}))
    ORDER BY seq`;
  return rows.map((row) => flaggedOrder(row, changes));
}

/** How much an account is in use. */
export interface AccountUse {
  readonly workingOrders: number;
  /** When one of its orders changed last; null when it has none. */
  readonly lastOrderAt: Instant | null;
}

export async function loadAccountUse(db: Queries, accountId: string): Promise<AccountUse> {
  const workingOrders = await db.order.count({ where: { accountId, status: 'PENDING' } });
  const { _max } = await db.order.aggregate({ where: { accountId }, _max: { lastChangedAt: true } });
  return { workingOrders, lastOrderAt: _max.lastChangedAt === null ? null : instantFromText(_max.lastChangedAt) };
}

/** Pending orders for one day that were entered before an instant. */
export async function loadDayOrders(db: Queries, enteredBefore: Instant): Promise<readonly DayOrder[]> {
  const rows = await db.$queryRaw<(OrderRow & { enteredAt: string })[]>`
    SELECT id, account_id AS "accountId", broker_order_id AS "brokerOrderId", symbol, entered_at AS "enteredAt"
    FROM orders
    WHERE status = 'PENDING' AND duration = 'DAY' AND entered_at < ${instantText(enteredBefore)}`;
  return rows.map(({ id, enteredAt, ...row }) => ({ ...row, orderId: id, enteredAt: instantFromText(enteredAt) }));
}

interface OrderRow {
  readonly id: number;
  readonly accountId: string;
  readonly brokerOrderId: string | null;
  readonly symbol: string | null;
}

interface FlaggedRow extends OrderRow {
  readonly status: string;
  readonly flags: string;
  readonly firstSeenAt: string;
}

interface FlagChange {
  readonly orderId: number;
  readonly before: string;
  readonly after: string;
  readonly recordedAt: string;
}

function flaggedOrder(row: FlaggedRow, changes: readonly FlagChange[]): FlaggedOrder {
  const own = changes.filter(({ orderId }) => orderId === row.id);
  const flags = row.flags.split(' ').filter((word) => isWordOf(ORDER_FLAGS, word));
  return {
    orderId: row.id,
    accountId: row.accountId,
    brokerOrderId: row.brokerOrderId,
    symbol: row.symbol,
    isPending: row.status === 'PENDING',
    flags: flags.map((flag) => ({ flag, since: instantFromText(since(flag, own) ?? row.firstSeenAt) })),
  };
}

function since(flag: string, changes: readonly FlagChange[]): string | undefined {
  return changes.findLast(({ before, after }) => after.split(' ').includes(flag) && !before.split(' ').includes(flag))
    ?.recordedAt;
}
