/**
 * What can be told here of whether and where an order stands in a list. The server has the rule; this tells only which
 * changes surely ask nothing of the rows that are loaded, so that not each of them loads a long list again.
 */
import type { ListedOrder, OrderFilterInput, OrderTab } from '@fill-tracker/contract';

/** Whether an order is in a tab. */
export function belongsTo(tab: OrderTab | undefined, order: ListedOrder): boolean {
  return tab === undefined || TABS[tab](order);
}

const TABS = {
  pending: ({ status }) => status === 'PENDING',
  completed: ({ status }) => status === 'COMPLETED',
  failed: ({ status }) => status === 'FAILED',
  attention: ({ flags }) => flags.length > 0,
} as const satisfies Record<OrderTab, (order: ListedOrder) => boolean>;

/** False when an order surely is not in the list: of the other filters the server alone can say. */
export function mayBelong({ status, account, symbol }: OrderFilterInput, order: ListedOrder): boolean {
  return (
    belongsTo(status, order) &&
    (account === undefined || order.account.id === account) &&
    (symbol === undefined || order.symbol === symbol.toUpperCase())
  );
}

/**
 * Whether nothing changed by which the list sorts or filters, but for what tabs are made of. Without an entry other
 * times may stand in for it.
 */
export function isPlacedAlike(
  { sort = 'enteredAt' }: OrderFilterInput,
  before: ListedOrder,
  now: ListedOrder,
): boolean {
  return now.enteredAt !== null && [sort, ...FILTERED_BY].every((key) => before[key] === now[key]);
}

const FILTERED_BY = ['symbol', 'brokerOrderId', 'enteredAt'] as const;

/** Whether an order surely stands before another. Where one without an entry stands, the server alone can say. */
export function isBefore({ sort = 'enteredAt', direction }: OrderFilterInput, a: ListedOrder, b: ListedOrder): boolean {
  const [x, y] = [a[sort], b[sort]];
  if (sort === 'enteredAt' && (x === null || y === null)) return false;
  const isDescending = (direction ?? (sort === 'symbol' ? 'asc' : 'desc')) === 'desc';
  if (x === y) return isDescending ? a.id > b.id : a.id < b.id;
  // Without the value: last, in both directions.
  if (x === null || y === null) return y === null;
  return isDescending ? x > y : x < y;
}
