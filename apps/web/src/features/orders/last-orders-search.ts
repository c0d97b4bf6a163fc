import type { OrdersSearch } from './orders-search.ts';

let last: OrdersSearch = {};

/** Kept for the way back from an order to the list that the person came from. */
export function rememberOrdersSearch(search: OrdersSearch): void {
  last = search;
}

export function lastOrdersSearch(): OrdersSearch {
  return last;
}
