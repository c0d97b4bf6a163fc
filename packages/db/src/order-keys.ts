import type { Queries } from './connection.ts';

/** An order by its id in the record; or, where that may not be known yet, by the broker's id within an account. */
export type OrderKey = { readonly orderId: number } | { readonly accountId: string; readonly brokerOrderId: string };

/**
 * The ids of these orders in the record, in the same order.
 *
 * @throws {RangeError} when the record has no such order
 */
export async function orderIdsOf(db: Queries, keys: readonly OrderKey[]): Promise<readonly number[]> {
  const named = keys.filter((key) => !('orderId' in key));
  const found = named.length === 0 ? [] : await findByBrokerIds(db, named);
  const ids = new Map(found.map((row) => [`${row.accountId} ${row.brokerOrderId}`, row.id]));
  return keys.map((key) => {
    const id = 'orderId' in key ? key.orderId : ids.get(`${key.accountId} ${key.brokerOrderId}`);
    if (id === undefined) throw new RangeError(`no such order in the record: ${orderName(key)}`);
    return id;
  });
}

/** For messages. */
export function orderName(key: OrderKey): string {
  return 'orderId' in key ? `order ${key.orderId}` : `order ${key.brokerOrderId} of account ${key.accountId}`;
}

async function findByBrokerIds(db: Queries, keys: readonly OrderKey[]) {
  return await db.$queryRaw<{ id: number; accountId: string; brokerOrderId: string }[]>`
    SELECT orders.id, account_id AS "accountId", broker_order_id AS "brokerOrderId"
    FROM json_each(${JSON.stringify(keys)}) AS entry
    JOIN orders ON account_id = entry.value ->> '$.accountId' AND broker_order_id = entry.value ->> '$.brokerOrderId'`;
}
