import type { FillDatabase } from '../fill-database.ts';
import type { OrderSelection } from '../order-page.ts';
import { csvLine } from './csv.ts';
import { presentOrder } from './present-order.ts';

const ROWS_AT_A_TIME = 500;

type Row = ReturnType<typeof presentOrder>;
type Cell = string | number | null;

/** The columns, by their names in the JSON. */
const COLUMNS = {
  id: (order) => order.id,
  account: (order) => order.account.id,
  accountNumber: (order) => order.account.maskedNumber,
  brokerOrderId: (order) => order.brokerOrderId,
  symbol: (order) => order.symbol,
  instruction: (order) => order.instruction,
  assetType: (order) => order.assetType,
  orderType: (order) => order.orderType,
  duration: (order) => order.duration,
  quantity: (order) => order.quantity,
  limitPrice: (order) => order.limitPrice,
  stopPrice: (order) => order.stopPrice,
  filledQuantity: (order) => order.filledQuantity,
  averagePrice: (order) => order.averagePrice,
  sum: (order) => order.sum,
  netPrice: (order) => order.netPrice?.amount ?? null,
  netEffect: (order) => order.netPrice?.effect ?? null,
  priceCents: (order) => order.priceCents,
  fillCount: (order) => order.fillCount,
  status: (order) => order.status,
  outcome: (order) => order.outcome,
  brokerStatus: (order) => order.brokerStatus,
  enteredAt: (order) => order.enteredAt,
  closedAt: (order) => order.closedAt,
  lastCheckedAt: (order) => order.lastCheckedAt,
  detectionLatencyMs: (order) => order.detectionLatencyMs,
  flags: (order) => order.flags.join(' '),
} as const satisfies Record<string, (order: Row) => Cell>;

/**
 * Every order of a selection as CSV, some at a time: the answer begins at once, and memory stays small whatever the
 * number of rows. Which orders, and in which order, is settled when it begins; each is told as it is when its turn
 * comes. An error on the way breaks the answer off, so a part never looks like the whole.
 */
export async function* ordersCsv(db: FillDatabase, selection: OrderSelection): AsyncGenerator<string> {
  yield csvLine(Object.keys(COLUMNS));
  for await (const rows of rowsOf(db, selection)) yield rows.map(csvRow).join('');
}

/** The same as one JSON array, in the same way. */
export async function* ordersJson(db: FillDatabase, selection: OrderSelection): AsyncGenerator<string> {
  let before = '[';
  for await (const rows of rowsOf(db, selection)) {
    for (const row of rows) {
      yield `${before}${JSON.stringify(row)}`;
      before = ',';
    }
  }
  yield before === '[' ? '[]\n' : ']\n';
}

async function* rowsOf(db: FillDatabase, selection: OrderSelection): AsyncGenerator<readonly Row[]> {
  const looks = await db.readLooks();
  const ids = await db.findOrderIds(selection);
  for (let from = 0; from < ids.length; from += ROWS_AT_A_TIME) {
    const orders = await db.loadOrderViews(ids.slice(from, from + ROWS_AT_A_TIME));
    yield orders.map((order) => presentOrder(order, looks));
  }
}

function csvRow(order: Row): string {
  return csvLine(Object.values(COLUMNS).map((cellOf) => cellOf(order)));
}
