import { type ListedOrder, type OrderTab, orderTab } from '@fill-tracker/contract';
import { type FillDatabase, type OrderQuery, presentOrder } from '@fill-tracker/db';
import { UsageError } from './command-error.ts';
import { type Output, table } from './output.ts';
import { priceText } from './price-text.ts';

const TABS: Readonly<Record<OrderTab, Pick<OrderQuery, 'status' | 'attention'>>> = {
  pending: { status: 'PENDING' },
  completed: { status: 'COMPLETED' },
  failed: { status: 'FAILED' },
  attention: { attention: true },
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
  const limit = Math.min(filter.limit, MOST_ROWS);
  const views = await db.findOrders({
    limit,
    ...tabOf(filter.status),
    ...(filter.after !== undefined && { afterId: filter.after }),
    ...(filter.symbol !== undefined && { symbol: filter.symbol.toUpperCase() }),
  });
  const looks = await db.readLooks();
  const items = views.map((view) => presentOrder(view, looks));
  const last = items.at(-1);
  if (isJson) output.json({ items, nextCursor: items.length === limit && last ? String(last.id) : null });
  else if (items.length === 0) output.line('No such orders in the record.');
  else output.line(table(HEAD, items.map(row), NUMBERS));
}

function tabOf(typed: string | undefined): Pick<OrderQuery, 'status' | 'attention'> {
  if (typed === undefined) return {};
  const tab = orderTab.safeParse(typed.toLowerCase());
  if (!tab.success) throw new UsageError(`--status must be ${orderTab.options.join(', ')}, not "${typed}"`);
  return TABS[tab.data];
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
