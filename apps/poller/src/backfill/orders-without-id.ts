import type { FillDatabase, OrderPosition, OrderView } from '@fill-tracker/db';

const ROWS_AT_A_TIME = 500;

/** Imported orders of an account that have no id of the broker's: nobody can be asked what they filled at. */
export async function ordersWithoutId(db: FillDatabase, accountId: string): Promise<OrderView[]> {
  const found: OrderView[] = [];
  let after: OrderPosition | null = null;
  do {
    const page = await db.pageOrders({
      accountId,
      attention: true,
      sort: 'closedAt',
      direction: 'desc',
      limit: ROWS_AT_A_TIME,
      ...(after !== null && { after }),
    });
    found.push(...page.orders.filter(({ known }) => known.source === 'IMPORTED' && known.brokerOrderId === ''));
    after = page.next;
  } while (after !== null);
  return found;
}
