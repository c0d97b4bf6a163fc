import type { Command, OrderDetail, StoredOrder } from '@fill-tracker/db';
import type { Poller } from '../poller.ts';

/** The order that a command names; null when the record does not have it. */
export async function findOrder(poller: Poller, { orderId }: Pick<Command, 'orderId'>): Promise<OrderDetail | null> {
  if (orderId === null) return null;
  const [detail] = await poller.db.findOrder({ id: orderId });
  return detail ?? null;
}

/** The order that a command names, as reconciliation knows it. */
export function storedOrderOf({ id, accountId, known }: OrderDetail): StoredOrder {
  return { id, accountId, known };
}
