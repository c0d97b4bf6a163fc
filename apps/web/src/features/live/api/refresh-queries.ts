import { orderFilter, type OrderFilterInput } from '@fill-tracker/contract';
import type { Query, QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../../lib/query-keys.ts';
import { fetchOrder } from '../../order/api/order.ts';
import { type FreshRows, mergeFreshPage } from '../../orders/api/merge-fresh-page.ts';
import { fetchOrderPage, type OrderPages } from '../../orders/api/order-list.ts';

/** Lists of up to so many loaded pages are simply loaded again. */
const SHORT_PAGES = 3;
/** Changed rows below the first page that are asked for one by one; when there are more, the list is cut and reloaded. */
const ONE_BY_ONE = 20;

/** Brings up to date what the page shows, after these orders changed. What it does not show is marked as old. */
export async function refreshOrders(client: QueryClient, ids: ReadonlySet<number>): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.summary }),
    ...[...ids].map((id) => client.invalidateQueries({ queryKey: queryKeys.order(id) })),
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
  if (list.isActive() && pages !== undefined && pages.pages.length > SHORT_PAGES) {
    const fresh = await fetchFreshRows(filterOf(list), pages, ids).catch(() => null);
    if (fresh !== null) {
      client.setQueryData<OrderPages>(list.queryKey, (now) => now && mergeFreshPage(now, fresh, filterOf(list).status));
      return;
    }
  }
  shorten(client, list);
  await client.invalidateQueries({ queryKey: list.queryKey, exact: true });
}

/** @returns null when too many rows changed to ask for one by one */
async function fetchFreshRows(
  filter: OrderFilterInput,
  pages: OrderPages,
  ids: ReadonlySet<number>,
): Promise<FreshRows | null> {
  const firstPage = await fetchOrderPage(filter, null);
  const onTop = new Set(firstPage.items.map(({ id }) => id));
  const shown = new Set(pages.pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const below = [...ids].filter((id) => shown.has(id) && !onTop.has(id));
  if (below.length > ONE_BY_ONE) return null;
  return { firstPage, changed: await Promise.all(below.map((id) => fetchOrder(id))) };
}

/** Reloading a list loads each of its pages: one that nobody scrolls in need not keep them all. */
function shorten(client: QueryClient, { queryKey }: Query): void {
  client.setQueryData<OrderPages>(
    queryKey,
    (now) => now && { pages: now.pages.slice(0, SHORT_PAGES), pageParams: now.pageParams.slice(0, SHORT_PAGES) },
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
