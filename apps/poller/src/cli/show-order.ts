import { type FillDatabase, type OrderDetail, presentOrderAsKnown, readFullOrder } from '@fill-tracker/db';
import { CommandError, UsageError } from './command-error.ts';
import type { Output } from './output.ts';
import { describeOrderAsKnown } from './show-order-as-known.ts';
import { describeOrder } from './show-order-text.ts';

/** Shows one order by our id or by the broker's: its price, and why. */
export async function showOrder(db: FillDatabase, id: string, isJson: boolean, output: Output): Promise<void> {
  const order = await readFullOrder(db, await findStoredOrder(db, id));
  if (isJson) output.json(order);
  else output.line(describeOrder(order));
}

/** The instant to go back to, and now. */
export interface LookingBack {
  /** As typed: ISO 8601 with its offset. */
  readonly at: string;
  readonly now: number;
}

/**
 * Shows one order as it was known at an instant, from its audit trail.
 *
 * @throws {UsageError} when the text is no instant, or one that is still to come.
 */
export async function showOrderAsKnown(
  db: FillDatabase,
  id: string,
  { at: text, now }: LookingBack,
  isJson: boolean,
  output: Output,
): Promise<void> {
  const at = instantOf(text);
  if (at > now) throw new UsageError(`--as-known-at ${text} is still to come: nobody knows what will be known then`);
  const detail = await findStoredOrder(db, id);
  const order = presentOrderAsKnown(detail, at, await db.auditOfOrderUntil(detail.id, at));
  if (isJson) output.json(order);
  else output.line(describeOrderAsKnown(order));
}

function instantOf(text: string): number {
  const isInstant = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const at = isInstant ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UsageError(`--as-known-at must be an instant such as 2026-01-05T15:00:00Z, not "${text}"`);
  }
  return at;
}

/**
 * Finds an order by our id or by the broker's.
 *
 * @throws {UsageError} when the text is no id; {CommandError} when there is no such order, or more than one.
 */
export async function findStoredOrder(db: FillDatabase, id: string): Promise<OrderDetail> {
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
