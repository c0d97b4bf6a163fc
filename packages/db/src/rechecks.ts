/** Ended orders that are to be looked at once more: a small queue, read by one index however long the history. */
import type { Instant } from '@fill-tracker/domain';
import { upsertRows } from './bulk-write.ts';
import type { Queries } from './connection.ts';
import { type OrderKey, orderIdsOf } from './order-keys.ts';
import { loadOrders } from './orders.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';
import type { StoredOrder } from './rows/order-rows.ts';

/** When an order that ended is to be looked at next. */
export type RecheckCommit = OrderKey & {
  /** When the record took it as ended: where the ladder of looks begins. */
  readonly settledAt: Instant;
  /** Null: no more. */
  readonly dueAt: Instant | null;
};

/** An ended order whose time for another look has come. */
export interface DueRecheck {
  readonly order: StoredOrder;
  readonly settledAt: Instant;
  readonly dueAt: Instant;
}

/** @throws {RangeError} when the record lacks an order of which more is to come */
export async function writeRechecks(transaction: Queries, rechecks: readonly RecheckCommit[]): Promise<void> {
  const ids = await orderIdsOf(transaction, rechecks);
  const rows = rechecks.map(({ settledAt, dueAt }, i) => ({ orderId: ids[i] ?? 0, settledAt, dueAt }));
  await removeRechecks(
    transaction,
    rows.filter(({ dueAt }) => dueAt === null).map(({ orderId }) => orderId),
  );
  const waiting = rows.flatMap(({ orderId, settledAt, dueAt }) =>
    dueAt === null ? [] : [{ orderId, settledAt: instantText(settledAt), dueAt: instantText(dueAt) }],
  );
  await upsertRows(transaction, 'rechecks', waiting, { keys: ['orderId'] });
}

async function removeRechecks(transaction: Queries, orderIds: readonly number[]): Promise<void> {
  if (orderIds.length === 0) return;
  await transaction.$executeRaw`
    DELETE FROM rechecks WHERE order_id IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`;
}

/** What is due, the longest waiting first. */
export async function loadDueRechecks(db: Queries, now: Instant, limit: number): Promise<readonly DueRecheck[]> {
  const due = await db.recheck.findMany({
    where: { dueAt: { lte: instantText(now) } },
    orderBy: { dueAt: 'asc' },
    take: limit,
  });
  if (due.length === 0) return [];
  const orders = await loadOrders(
    db,
    due.map(({ orderId }) => orderId),
  );
  return due.flatMap(({ orderId, settledAt, dueAt }) => {
    const order = orders.get(orderId);
    return order === undefined ? [] : [{ order, settledAt: instantFromText(settledAt), dueAt: instantFromText(dueAt) }];
  });
}
