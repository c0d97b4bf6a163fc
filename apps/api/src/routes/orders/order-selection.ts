import type { OrderFilter } from '@fill-tracker/contract';
import type { OrderFilter as RecordFilter, OrderSortKey } from '@fill-tracker/db';
import type { Instant } from '@fill-tracker/domain';
import { tradingDay } from '../../trading-day.ts';

/** The filters of a query string in the words of the record. */
export function filterOf(query: OrderFilter): RecordFilter {
  const { status, partial, brokerOrderId, symbol, account, q, from, to } = query;
  return {
    ...(status === 'attention' && { attention: true }),
    ...(status !== undefined && status !== 'attention' && { status: STATUSES[status] }),
    ...(partial !== undefined && { partial }),
    ...(brokerOrderId !== undefined && { brokerOrderId }),
    ...(symbol !== undefined && { symbol: symbol.toUpperCase() }),
    ...(account !== undefined && { accountId: account }),
    ...(q !== undefined && { text: q.trim() }),
    ...(from !== undefined && { enteredFrom: beginningOf(from) }),
    ...(to !== undefined && { enteredBefore: endOf(to) }),
  };
}

const STATUSES = { pending: 'PENDING', completed: 'COMPLETED', failed: 'FAILED' } as const;

/** Newest first for times, A to Z for symbols, unless the query says otherwise. */
export function sortOf({ sort, direction }: Pick<OrderFilter, 'sort' | 'direction'>): {
  readonly sort: OrderSortKey;
  readonly direction: 'asc' | 'desc';
} {
  return { sort, direction: direction ?? (sort === 'symbol' ? 'asc' : 'desc') };
}

function beginningOf(text: string): Instant {
  return isDate(text) ? tradingDay(text).from : Date.parse(text);
}

function endOf(text: string): Instant {
  return isDate(text) ? tradingDay(text).before : Date.parse(text);
}

function isDate(text: string): boolean {
  return text.length === '2026-01-05'.length;
}
