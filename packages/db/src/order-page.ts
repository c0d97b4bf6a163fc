/**
 * Orders as people list them: filtered, sorted, one page after the other.
 *
 * A page begins after a position, the sort value and id of the last order before it, never after a count of rows: an
 * order that comes meanwhile neither repeats nor hides another. One whose own sort value changes meanwhile may: who
 * wants all, whatever happens, asks for the ids first (`findOrderIds`). Ids and sort values come from SQL by hand, so
 * that the order of rows, NULLs included, and the beginning of a page are two sides of one rule.
 */
import type { Instant, OrderStatus } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { Prisma } from './generated/client.ts';
import { loadOrderViews, type OrderView } from './orders.ts';
import { instantText } from './rows/instant-text.ts';

export interface OrderFilter {
  readonly status?: OrderStatus;
  /** Only orders with a flag, whatever their status. */
  readonly attention?: boolean;
  /** Whether a part of the order, and not all of it, has traded. */
  readonly partial?: boolean;
  readonly brokerOrderId?: string;
  readonly symbol?: string;
  readonly accountId?: string;
  /** Part of a symbol of any leg, or the beginning of a broker order id. */
  readonly text?: string;
  /**
   * Entered at or after. Of an order whose entry the broker did not tell: when it ended, or first seen while it is
   * open.
   */
  readonly enteredFrom?: Instant;
  readonly enteredBefore?: Instant;
}

export type OrderSortKey = 'enteredAt' | 'closedAt' | 'symbol';

/** Where a page ends. */
export interface OrderPosition {
  /** The order's value of the sort key, as stored; null when it has none. */
  readonly key: string | null;
  readonly id: number;
}

/** Which orders, and in which order. */
export interface OrderSelection extends OrderFilter {
  readonly sort: OrderSortKey;
  readonly direction: 'asc' | 'desc';
}

export interface OrderPageQuery extends OrderSelection {
  readonly limit: number;
  /** The last order of the page before. */
  readonly after?: OrderPosition;
}

export interface OrderPage {
  readonly orders: readonly OrderView[];
  /** Null when no order follows. */
  readonly next: OrderPosition | null;
}

export async function pageOrders(db: Queries, query: OrderPageQuery): Promise<OrderPage> {
  const { column } = SORTS[query.sort];
  const found = await db.$queryRaw<OrderPosition[]>`
    SELECT id, ${Prisma.raw(column)} AS "key" FROM orders
    WHERE ${conditionOf(query)} AND ${query.after === undefined ? TRUE : isAfter(query.after, query)}
    ORDER BY ${orderOf(query)}
    LIMIT ${query.limit + 1}`;
  const page = found.slice(0, query.limit);
  return {
    orders: await loadOrderViews(
      db,
      page.map(({ id }) => id),
    ),
    next: found.length > query.limit ? (page.at(-1) ?? null) : null,
  };
}

/** All orders of a selection, by id, as they stand at this moment. */
export async function findOrderIds(db: Queries, selection: OrderSelection): Promise<readonly number[]> {
  const found = await db.$queryRaw<{ id: number }[]>`
    SELECT id FROM orders WHERE ${conditionOf(selection)} ORDER BY ${orderOf(selection)}`;
  return found.map(({ id }) => id);
}

function orderOf({ sort, direction }: OrderSelection): Prisma.Sql {
  const { column, nulls } = SORTS[sort];
  return Prisma.raw(`${column} ${direction} NULLS ${nulls[direction]}, id ${direction}`);
}

/** How many orders the filter gives; counting stops at `cap`. */
export async function countMatchingOrders(db: Queries, filter: OrderFilter, cap: number): Promise<number> {
  const [row] = await db.$queryRaw<{ n: bigint | number }[]>`
    SELECT COUNT(*) AS n FROM (SELECT 1 FROM orders WHERE ${conditionOf(filter)} LIMIT ${cap})`;
  return Number(row?.n ?? 0);
}

/**
 * Of an order that has ended and whose entry the broker did not tell, such as an imported one, its end stands in; when
 * nobody knows that either, it comes last. An index of the database is on these very words.
 */
const ENTERED = "CASE WHEN status = 'PENDING' THEN entered_at ELSE COALESCE(entered_at, closed_at, '') END";

/** Open orders that the broker has not told of yet count as newest; otherwise what has no value comes last. */
const SORTS = {
  enteredAt: { column: ENTERED, nulls: { desc: 'FIRST', asc: 'LAST' } },
  closedAt: { column: 'closed_at', nulls: { desc: 'LAST', asc: 'LAST' } },
  symbol: { column: 'symbol', nulls: { desc: 'LAST', asc: 'LAST' } },
} as const satisfies Record<OrderSortKey, unknown>;

const TRUE = Prisma.sql`1`;

/** Written so that the index of the sort key finds the beginning: its range first, then the tie within it. */
function isAfter({ key, id }: OrderPosition, { sort, direction }: OrderPageQuery): Prisma.Sql {
  const { column: name, nulls } = SORTS[sort];
  const column = Prisma.raw(name);
  const beyond = Prisma.raw(direction === 'asc' ? '>' : '<');
  const idBeyond = Prisma.sql`id ${beyond} ${id}`;
  const areNullsFirst = nulls[direction] === 'FIRST';
  if (key === null) {
    const sameNull = Prisma.sql`(${column} IS NULL AND ${idBeyond})`;
    return areNullsFirst ? Prisma.sql`(${sameNull} OR ${column} IS NOT NULL)` : sameNull;
  }
  const keyBeyond = Prisma.sql`(${column} ${beyond}= ${key} AND (${column} ${beyond} ${key} OR ${idBeyond}))`;
  return areNullsFirst ? keyBeyond : Prisma.sql`(${keyBeyond} OR ${column} IS NULL)`;
}

function conditionOf(filter: OrderFilter): Prisma.Sql {
  const { status, brokerOrderId, symbol, accountId, text, enteredFrom, enteredBefore } = filter;
  const conditions = [
    status !== undefined && Prisma.sql`status = ${status}`,
    filter.attention === true && Prisma.sql`flags <> ''`,
    filter.partial !== undefined && (filter.partial ? IS_PARTIAL : Prisma.sql`NOT ${IS_PARTIAL}`),
    brokerOrderId !== undefined && Prisma.sql`broker_order_id = ${brokerOrderId}`,
    symbol !== undefined && Prisma.sql`symbol = ${symbol}`,
    accountId !== undefined && Prisma.sql`account_id = ${accountId}`,
    text !== undefined && text !== '' && mentions(text),
    enteredFrom !== undefined && entered('>=', enteredFrom),
    enteredBefore !== undefined && entered('<', enteredBefore),
  ].filter((condition) => condition !== false);
  return conditions.length === 0 ? TRUE : Prisma.join(conditions, ' AND ');
}

/**
 * `IS` and not `=`: an order without a filled quantity is not partial, rather than neither. Equal decimals are equal
 * texts.
 */
const IS_PARTIAL = Prisma.sql`(
  outcome IS 'PARTIALLY_FILLED'
  OR (status = 'PENDING' AND COALESCE(filled_quantity, '0') <> '0' AND filled_quantity IS NOT quantity)
)`;

function mentions(text: string): Prisma.Sql {
  const literal = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  return Prisma.sql`(
    broker_order_id LIKE ${`${literal}%`} ESCAPE '\\'
    OR symbol LIKE ${`%${literal}%`} ESCAPE '\\'
    OR EXISTS (
      SELECT 1 FROM order_legs WHERE order_id = orders.id AND order_legs.symbol LIKE ${`%${literal}%`} ESCAPE '\\'
    )
  )`;
}

const ELSE_ENTERED = Prisma.sql`CASE WHEN status = 'PENDING' THEN first_seen_at ELSE COALESCE(closed_at, first_seen_at) END`;

function entered(comparison: '>=' | '<', at: Instant): Prisma.Sql {
  const operator = Prisma.raw(comparison);
  const instant = instantText(at);
  return Prisma.sql`(
    entered_at ${operator} ${instant}
    OR (entered_at IS NULL AND ${ELSE_ENTERED} ${operator} ${instant})
  )`;
}
