import type { ListedOrder } from '@fill-tracker/contract';
import { type FillDatabase, presentOrder } from '@fill-tracker/db';
import type { OrderStatus } from '@fill-tracker/domain';
import { UsageError } from './command-error.ts';
import { type Output, table } from './output.ts';
import { priceText } from './price-text.ts';

const STATUSES: Readonly<Record<string, OrderStatus>> = {
  pending: 'PENDING',
  completed: 'COMPLETED',
  failed: 'FAILED',
};
const MOST_ROWS = 500;

export interface OrdersFilter {
  readonly status?: string;
  readonly symbol?: string;
  readonly limit: number;
  /** Only orders that come after this one of ours in the list. */
  readonly after?: number;
}

/** Lists orders, newest first. */
export async function listOrders(
  db: FillDatabase,
  filter: OrdersFilter,
  isJson: boolean,
  output: Output,
): Promise<void> {
  const status = filter.status === undefined ? undefined : STATUSES[filter.status.toLowerCase()];
  if (filter.status !== undefined && status === undefined) {
    throw new UsageError(`--status must be pending, completed or failed, not "${filter.status}"`);
  }
  const limit = Math.min(filter.limit, MOST_ROWS);
  const views = await db.findOrders({
    limit,
    ...(status && { status }),
    ...(filter.after !== undefined && { afterId: filter.after }),
    ...(filter.symbol !== undefined && { symbol: filter.symbol.toUpperCase() }),
  });
  const lastCompleteAt = await db.lastCompleteCycleAt();
  const items = views.map((view) => presentOrder(view, lastCompleteAt));
  const last = items.at(-1);
  if (isJson) output.json({ items, nextCursor: items.length === limit && last ? String(last.id) : null });
  else if (items.length === 0) output.line('No such orders in the record.');
  else output.line(table(HEAD, items.map(row), NUMBERS));
}

const HEAD = ['id', 'broker id', 'entered (UTC)', 'side', 'symbol', 'filled', 'average', 'status', 'flags'];
const NUMBERS: ReadonlySet<number> = new Set([0, 5, 6]);

function row(order: ListedOrder): string[] {
  return [
    String(order.id),
    order.brokerOrderId ?? '-',
    order.enteredAt?.slice(0, 19).replace('T', ' ') ?? '-',
    order.instruction ?? '-',
    order.symbol ?? '-',
    `${order.filledQuantity ?? '0'}/${order.quantity ?? '?'}`,
    priceText(order),
    order.outcome ?? order.brokerStatus ?? order.status,
    order.flags.join(' '),
  ];
}
