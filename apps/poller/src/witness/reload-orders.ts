import type { FillDatabase, StoredOrder } from '@fill-tracker/db';

/** The same orders as the record has them now, which may have changed while the broker was asked. */
export async function reloadOrders(
  db: Pick<FillDatabase, 'loadOrdersByBrokerIds'>,
  orders: readonly StoredOrder[],
): Promise<readonly StoredOrder[]> {
  const byAccount = new Map<string, string[]>();
  for (const { accountId, known } of orders) {
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), known.brokerOrderId]);
  }
  const loaded = await Promise.all([...byAccount].map(([accountId, ids]) => db.loadOrdersByBrokerIds(accountId, ids)));
  return loaded.flat();
}
