import { type OrderFilterInput, orderPage, type OrderPage } from '@fill-tracker/contract';
import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';
import { requestJson } from '../../../lib/http.ts';
import { plainSearch } from '../../../lib/plain-search.ts';
import { queryKeys } from '../../../lib/query-keys.ts';

/** Some screens full: a filter's answer is drawn sooner the shorter it is. */
const PAGE_SIZE = 100;

export type OrderPages = InfiniteData<OrderPage, string | null>;

/** @throws {RequestError} */
export function fetchOrderPage(
  filter: OrderFilterInput,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<OrderPage> {
  const search = plainSearch({ ...filter, limit: String(PAGE_SIZE), cursor: cursor ?? undefined });
  return requestJson(orderPage, `/api/orders${search}`, signal === undefined ? {} : { signal });
}

/** The orders of a filter, page by page. */
export function orderListQuery(filter: OrderFilterInput) {
  return infiniteQueryOptions({
    queryKey: queryKeys.orderList(filter),
    queryFn: ({ pageParam, signal }) => fetchOrderPage(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // While someone types, the rows stay until the next ones are there; another tab's rows would be wrong ones.
    placeholderData: (rows: OrderPages | undefined, shown) =>
      shown?.queryKey[1].status === filter.status ? rows : undefined,
  });
}

/** The address of the same orders, all of them, as a CSV file. */
export function csvAddress(filter: OrderFilterInput): string {
  return `/api/orders.csv${plainSearch(filter)}`;
}
