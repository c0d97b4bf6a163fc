import type { FullOrder } from '@fill-tracker/contract';
import { type FillDatabase, presentFullOrder } from '@fill-tracker/db';
import { ORDER_FLAGS } from '@fill-tracker/domain';
import { CommandError, UsageError } from './command-error.ts';
import { type Output, table } from './output.ts';
import { priceText } from './price-text.ts';

/** Shows one order by our id or by the broker's: its price, and why. */
export async function showOrder(db: FillDatabase, id: string, isJson: boolean, output: Output): Promise<void> {
  const detail = await findOne(db, id);
  if (isJson) output.json(detail);
  else output.line(describe(detail));
}

async function findOne(db: FillDatabase, id: string): Promise<FullOrder> {
  return presentFullOrder(await findStoredOrder(db, id), await db.lastCompleteCycleAt());
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

function describe(order: FullOrder): string {
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

function arithmetic(order: FullOrder): string {
  const terms = order.fills.map(({ quantity, price }) => `${quantity} x ${price}`).join(' + ');
  const quantity = order.legs[0]?.filledQuantity ?? '?';
  return `(${terms}) / ${quantity} = ${order.sum} / ${quantity}, which is ${order.averagePrice} to 8 places`;
}

const FILL_HEAD = ['filled at (UTC)', 'quantity', 'price', 'leg', 'seen at (UTC)', 'key'];

function fillRow(fill: FullOrder['fills'][number]): string[] {
  return [fill.occurredAt ?? '-', fill.quantity, fill.price, fill.legId, fill.observedAt, fill.key];
}

const AUDIT_HEAD = ['seq', 'recorded at (UTC)', 'what', 'before', 'after', 'why'];

function auditRow(entry: FullOrder['audit'][number]): string[] {
  return [String(entry.seq), entry.recordedAt, entry.kind, values(entry.before), values(entry.after), entry.reason];
}

function values(record: Record<string, unknown> | null): string {
  if (record === null) return '-';
  return Object.entries(record)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
