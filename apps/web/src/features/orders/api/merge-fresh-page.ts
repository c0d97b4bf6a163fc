import type { ListedOrder, OrderPage, OrderTab } from '@fill-tracker/contract';
import type { OrderPages } from './order-list.ts';

/** What was asked for anew of a list of which many pages are loaded. */
export interface FreshRows {
  /** The first page as it is now. */
  readonly firstPage: OrderPage;
  /** Changed orders further down, as they are now. */
  readonly changed: readonly ListedOrder[];
}

/**
 * A long list brought up to date without loading all of its pages again: the first page is replaced and rows that it
 * pushed out follow it; changed rows further down are replaced in place, or taken out when they left the tab. The
 * later pages' cursors stay good, since they name the last row of the page before, whether it is still there or not.
 *
 * Every order appears once.
 */
export function mergeFreshPage(pages: OrderPages, fresh: FreshRows, tab: OrderTab | undefined): OrderPages {
  const [first, ...rest] = pages.pages;
  if (first === undefined) return pages;
  const onTop = new Set(fresh.firstPage.items.map(({ id }) => id));
  const changed = new Map(fresh.changed.map((order) => [order.id, order]));
  const below = (items: readonly ListedOrder[]) =>
    items
      .filter(({ id }) => !onTop.has(id))
      .map((order) => changed.get(order.id) ?? order)
      .filter((order) => belongsTo(tab, order));
  const counts = { total: fresh.firstPage.total, totalIsCapped: fresh.firstPage.totalIsCapped };
  const top = { ...first, ...counts, items: [...fresh.firstPage.items, ...below(first.items)] };
  return { ...pages, pages: [top, ...rest.map((page) => ({ ...page, ...counts, items: below(page.items) }))] };
}

/** Whether an order is in a tab. */
function belongsTo(tab: OrderTab | undefined, order: ListedOrder): boolean {
  return tab === undefined || TABS[tab](order);
}

const TABS = {
  pending: ({ status }) => status === 'PENDING',
  completed: ({ status }) => status === 'COMPLETED',
  failed: ({ status }) => status === 'FAILED',
  attention: ({ flags }) => flags.length > 0,
} as const satisfies Record<OrderTab, (order: ListedOrder) => boolean>;
