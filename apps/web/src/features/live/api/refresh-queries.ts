import { orderFilter, type OrderFilterInput } from '@fill-tracker/contract';
import type { Query, QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../../lib/query-keys.ts';
import { fetchOrder } from '../../order/api/order.ts';
import { type FreshRows, mergeFreshPage } from '../../orders/api/merge-fresh-page.ts';
import { fetchOrderPage, type OrderPages } from '../../orders/api/order-list.ts';

/** Lists of up to so many loaded pages are simply loaded again. */
const SHORT_PAGES = 3;
/** Changed orders that are not on the first page are asked for one by one; when there are more, the list is reloaded. */
const ONE_BY_ONE = 20;

/** Brings up to date what the page shows, after these orders changed. What it does not show is marked as old. */
export async function refreshOrders(client: QueryClient, ids: ReadonlySet<number>): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.summary }),
    // Also of orders that did not change: the totals of a chain follow from all that replaced one another.
    client.invalidateQueries({ queryKey: queryKeys.everyOrder }),
    ...orderLists(client).map((list) => refreshList(client, list, ids)),
  ]);
}

/** Brings everything up to date that the page shows: nobody knows what changed. */
export async function refreshAll(client: QueryClient): Promise<void> {
  for (const list of orderLists(client)) shorten(client, list);
  await client.invalidateQueries();
}

function orderLists(client: QueryClient): Query[] {
  return client.getQueryCache().findAll({ queryKey: queryKeys.orderLists });
}

async function refreshList(client: QueryClient, list: Query, ids: ReadonlySet<number>): Promise<void> {
  const pages = client.getQueryData<OrderPages>(list.queryKey);
  if (!list.isActive()) shorten(client, list);
  else if (pages !== undefined && pages.pages.length > SHORT_PAGES) {
    const fresh = await fetchFreshRows(filterOf(list), ids).catch(() => null);
    if (fresh !== null && (await mend(client, list, fresh))) return;
  }
  // With all of its pages: someone has scrolled down there, and the rows must not jump.
  await client.invalidateQueries({ queryKey: list.queryKey, exact: true });
}

/** @returns false when the list must be loaded again */
async function mend(client: QueryClient, list: Query, fresh: FreshRows): Promise<boolean> {
  // All of it is old: the fresh rows would make the others look fresh too.
  if (list.state.isInvalidated) return false;
  // A next page under way would bring back the rows as they were when it was asked for. The table asks for it again.
  await client.cancelQueries({ queryKey: list.queryKey, exact: true });
  const now = client.getQueryData<OrderPages>(list.queryKey);
  const merged = now === undefined ? null : mergeFreshPage(now, fresh, filterOf(list));
  if (merged === null) return false;
  client.setQueryData<OrderPages>(list.queryKey, merged);
  return true;
}

/** @returns null when too many orders changed to ask for one by one */
async function fetchFreshRows(filter: OrderFilterInput, ids: ReadonlySet<number>): Promise<FreshRows | null> {
  const firstPage = await fetchOrderPage(filter, null);
  const onTop = new Set(firstPage.items.map(({ id }) => id));
  const others = [...ids].filter((id) => !onTop.has(id));
  if (others.length > ONE_BY_ONE) return null;
  return { firstPage, changed: await Promise.all(others.map((id) => fetchOrder(id))) };
}

/** Reloading a list loads each of its pages: one that nobody scrolls in need not keep them all. */
function shorten(client: QueryClient, { queryKey, state }: Query): void {
  const now = client.getQueryData<OrderPages>(queryKey);
  if (now === undefined || now.pages.length <= SHORT_PAGES) return;
  client.setQueryData<OrderPages>(
    queryKey,
    { pages: now.pages.slice(0, SHORT_PAGES), pageParams: now.pageParams.slice(0, SHORT_PAGES) },
    // Fewer rows are no newer ones.
    { updatedAt: state.dataUpdatedAt },
  );
}

/** The keys of order lists are made in one place, and hold the filter second. */
function filterOf({ queryKey }: Query): OrderFilterInput {
  const filter: unknown = queryKey[1];
  return isFilter(filter) ? filter : {};
}

function isFilter(value: unknown): value is OrderFilterInput {
  return orderFilter.safeParse(value).success;
}
