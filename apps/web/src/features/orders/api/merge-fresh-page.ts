import type { ListedOrder, OrderFilterInput, OrderPage } from '@fill-tracker/contract';
import { belongsTo, isBefore, isPlacedAlike, mayBelong } from './list-places.ts';
import type { OrderPages } from './order-list.ts';

/** What was asked for anew of a list of which many pages are loaded. */
export interface FreshRows {
  /** The first page as it is now. */
  readonly firstPage: OrderPage;
  /** Changed orders that are not on it, as they are now, whether the list has shown them or not. */
  readonly changed: readonly ListedOrder[];
}

/**
 * A long list brought up to date without loading all of its pages again: the first page is replaced and rows that it
 * pushed out follow it; changed rows further down are replaced in place, or taken out when they left the tab. The
 * later pages' cursors stay good, since they name the last row of the page before, whether it is still there or not.
 *
 * Every order appears once.
 *
 * @returns null when the pages must be loaded again: an order belongs among the rows and only the server knows where,
 * or the rows would not agree with the total
 */
export function mergeFreshPage(pages: OrderPages, fresh: FreshRows, filter: OrderFilterInput): OrderPages | null {
  const [first, ...rest] = pages.pages;
  if (first === undefined) return pages;
  if (needsServer(pages, fresh, filter)) return null;
  const onTop = new Set(fresh.firstPage.items.map(({ id }) => id));
  const changed = new Map(fresh.changed.map((order) => [order.id, order]));
  const below = (items: readonly ListedOrder[]) =>
    items
      .filter(({ id }) => !onTop.has(id))
      .map((order) => changed.get(order.id) ?? order)
      .filter((order) => belongsTo(filter.status, order));
  const counts = { total: fresh.firstPage.total, totalIsCapped: fresh.firstPage.totalIsCapped };
  const top = { ...first, ...counts, items: [...fresh.firstPage.items, ...below(first.items)] };
  const merged = { ...pages, pages: [top, ...rest.map((page) => ({ ...page, ...counts, items: below(page.items) }))] };
  return isWhole(merged, pages) ? merged : null;
}

/** Whether a changed order has another place among the loaded rows than it had, or one for the first time. */
function needsServer(pages: OrderPages, { firstPage, changed }: FreshRows, filter: OrderFilterInput): boolean {
  const shown = new Map(rowsOf(pages).map((order) => [order.id, order]));
  const lastOnTop = firstPage.items.at(-1);
  const last = hasMore(pages) ? rowsOf(pages).at(-1) : undefined;
  return changed.some((order) => {
    if (!mayBelong(filter, order)) return false;
    const before = shown.get(order.id);
    // Whether a part has traded is for the server to say.
    if (before !== undefined) return filter.partial !== undefined || !isPlacedAlike(filter, before, order);
    const isAbove = lastOnTop !== undefined && isBefore(filter, order, lastOnTop);
    const isBeyond = last !== undefined && isBefore(filter, last, order);
    // Above the end of the first page it would be on it; beyond the last row it comes with the next page.
    return !isAbove && !isBeyond;
  });
}

/**
 * Whether the rows are as many as the server counts, and end where they ended while more follow: the last row tells
 * what is beyond the loaded ones.
 */
function isWhole(merged: OrderPages, before: OrderPages): boolean {
  const rows = rowsOf(merged);
  const { total, totalIsCapped } = merged.pages[0] ?? { total: 0, totalIsCapped: false };
  if (hasMore(merged)) {
    return rows.at(-1)?.id === rowsOf(before).at(-1)?.id && (totalIsCapped || rows.length < total);
  }
  return totalIsCapped || rows.length === total;
}

function rowsOf({ pages }: OrderPages): ListedOrder[] {
  return pages.flatMap(({ items }) => items);
}

function hasMore({ pages }: OrderPages): boolean {
  return typeof pages.at(-1)?.nextCursor === 'string';
}
