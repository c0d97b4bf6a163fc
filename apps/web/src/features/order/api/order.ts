import { fullOrder, type FullOrder, orderAsKnown } from '@fill-tracker/contract';
import { queryOptions } from '@tanstack/react-query';
import { healInterval } from '../../../lib/heal-interval.ts';
import { requestJson } from '../../../lib/http.ts';
import { queryKeys } from '../../../lib/query-keys.ts';
import { verdictInterval } from '../await-verdict.ts';

/** @throws {RequestError} */
export function fetchOrder(id: number, signal?: AbortSignal): Promise<FullOrder> {
  return requestJson(fullOrder, `/api/orders/${id}`, signal === undefined ? {} : { signal });
}

export function orderQuery(id: number) {
  return queryOptions({
    queryKey: queryKeys.order(id),
    queryFn: ({ signal }) => fetchOrder(id, signal),
    refetchInterval: ({ state }) => verdictInterval(state.data) || healInterval({ state }),
  });
}

/** @param at ISO 8601 */
export function orderAsKnownQuery(id: number, at: string) {
  return queryOptions({
    queryKey: queryKeys.orderAsKnown(id, at),
    queryFn: ({ signal }) =>
      requestJson(orderAsKnown, `/api/orders/${id}?asKnownAt=${encodeURIComponent(at)}`, { signal }),
  });
}
