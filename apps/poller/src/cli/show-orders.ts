import type { Order, OrderDetail } from '@fill-tracker/contract';
import type { FillDatabase } from '@fill-tracker/db';
import { ORDER_FLAGS, type OrderStatus } from '@fill-tracker/domain';
import { CommandError, UsageError } from './command-error.ts';
import { type Output, table } from './output.ts';
import { presentDetail, presentOrder } from './present-order.ts';

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
    ...(filter.symbol !== undefined && { symbol: filter.symbol.toUpperCase() }),
  });
  const items = views.map(presentOrder);
  const last = items.at(-1);
  if (isJson) output.json({ items, nextCursor: items.length === limit && last ? String(last.id) : null });
  else if (items.length === 0) output.line('No such orders in the record.');
  else output.line(table(HEAD, items.map(row), NUMBERS));
}

const HEAD = ['id', 'broker id', 'entered (UTC)', 'side', 'symbol', 'filled', 'average', 'status', 'flags'];
const NUMBERS: ReadonlySet<number> = new Set([0, 5, 6]);

function row(order: Order): string[] {
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

function priceText(order: Order): string {
  if (order.netPrice !== null) return `${order.netPrice.amount} ${order.netPrice.effect.toLowerCase()}`;
  return order.averagePrice ?? '-';
}

/** Shows one order by our id or by the broker's: its price, and why. */
export async function showOrder(db: FillDatabase, id: string, isJson: boolean, output: Output): Promise<void> {
  const detail = await findOne(db, id);
  if (isJson) output.json(detail);
  else output.line(describe(detail));
}

async function findOne(db: FillDatabase, id: string): Promise<OrderDetail> {
  return presentDetail(await findStoredOrder(db, id));
}

/**
 * Finds an order by our id or by the broker's.
 *
 * @throws {UsageError} when the text is no id; {CommandError} when there is no such order, or more than one.
 */
export async function findStoredOrder(
  db: FillDatabase,
  id: string,
): Promise<Awaited<ReturnType<FillDatabase['findOrder']>>[number]> {
  if (!/^[1-9]\d{0,18}$/.test(id))
    throw new UsageError(`"${id}" is no order id: it must be digits, ours or the broker's`);
  const own = id.length <= 15 ? await db.findOrder({ id: Number(id) }) : [];
  const found = own.length > 0 ? own : await db.findOrder({ brokerOrderId: id });
  const [order, another] = found;
  if (order === undefined)
    throw new CommandError(`There is no order ${id} in the record, by our id or by the broker's.`);
  if (another !== undefined) {
    throw new CommandError(
      `Several accounts have an order ${id}; name it by our id: ${found.map((o) => o.id).join(', ')}.`,
    );
  }
  return order;
}

function describe(order: OrderDetail): string {
  const price = priceText(order);
  const meanings: Readonly<Record<string, string>> = ORDER_FLAGS;
  return [
    `Order ${order.id} (broker's ${order.brokerOrderId ?? '-'}, account ${order.account.id} ${order.account.maskedNumber})`,
    `  ${order.instruction ?? '?'} ${order.quantity ?? '?'} ${order.symbol ?? '?'} ${order.orderType ?? ''}${order.limitPrice === null ? '' : ` ${order.limitPrice}`}`,
    `  ${order.status}${order.outcome === null ? '' : `, ${order.outcome}`}; the broker says ${order.brokerStatus ?? 'nothing yet'}${order.statusDescription === null ? '' : `: ${order.statusDescription}`}`,
    `  filled ${order.filledQuantity ?? '0'} of ${order.quantity ?? '?'}, average price ${price}`,
    ...order.flags.map((flag) => `  ! ${flag}: ${meanings[flag] ?? ''}`),
    ...(order.sum === null || order.filledQuantity === '0' ? [] : ['', `Why this price: ${arithmetic(order)}`]),
    '',
    order.fills.length === 0 ? 'No fills.' : table(FILL_HEAD, order.fills.map(fillRow), new Set([1, 2])),
    '',
    table(AUDIT_HEAD, order.audit.map(auditRow), new Set([0])),
  ].join('\n');
}

function arithmetic(order: OrderDetail): string {
  const terms = order.fills.map(({ quantity, price }) => `${quantity} x ${price}`).join(' + ');
  const quantity = order.legs[0]?.filledQuantity ?? '?';
  return `(${terms}) / ${quantity} = ${order.sum} / ${quantity} = ${order.averagePrice}`;
}

const FILL_HEAD = ['filled at (UTC)', 'quantity', 'price', 'leg', 'seen at (UTC)', 'key'];

function fillRow(fill: OrderDetail['fills'][number]): string[] {
  return [fill.occurredAt ?? '-', fill.quantity, fill.price, fill.legId, fill.observedAt, fill.key];
}

const AUDIT_HEAD = ['seq', 'recorded at (UTC)', 'what', 'before', 'after', 'why'];

function auditRow(entry: OrderDetail['audit'][number]): string[] {
  return [String(entry.seq), entry.recordedAt, entry.kind, values(entry.before), values(entry.after), entry.reason];
}

function values(record: Record<string, unknown> | null): string {
  if (record === null) return '-';
  return Object.entries(record)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
