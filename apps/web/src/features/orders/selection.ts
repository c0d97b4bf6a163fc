import type { ListedOrder } from '@fill-tracker/contract';

/**
 * The orders that a person picked, as they were then, in the order of picking. An order stays picked when it changes
 * or leaves the list, until the person says otherwise.
 */
export type Selection = ReadonlyMap<number, ListedOrder>;

export const NOTHING_SELECTED: Selection = new Map();

/** How many can be picked: each costs a call of the budget that watching lives on. */
export const MOST_SELECTED = 50;

/** Adds orders, as many as there is room for. */
export function withSelected(selection: Selection, orders: readonly ListedOrder[]): Selection {
  const added = orders.filter(({ id }) => !selection.has(id)).slice(0, MOST_SELECTED - selection.size);
  return added.length === 0 ? selection : new Map([...selection, ...added.map((order) => [order.id, order] as const)]);
}

function without(selection: Selection, orders: readonly ListedOrder[]): Selection {
  const out = new Set(orders.map(({ id }) => id));
  return new Map([...selection].filter(([id]) => !out.has(id)));
}

/** Picks an order, or no longer. */
export function toggled(selection: Selection, order: ListedOrder): Selection {
  return selection.has(order.id) ? without(selection, [order]) : withSelected(selection, [order]);
}

/**
 * Does to all orders from one to another, in the order of the list, what a click on the last does to that.
 *
 * @param from id of the order that was clicked before; null or unknown when there is none
 */
export function toggledTo(
  selection: Selection,
  orders: readonly ListedOrder[],
  from: number | null,
  to: ListedOrder,
): Selection {
  const first = orders.findIndex(({ id }) => id === from);
  const last = orders.findIndex(({ id }) => id === to.id);
  if (first < 0 || last < 0) return toggled(selection, to);
  // From the order clicked first, so that it is the far end that a full selection leaves out.
  const range = first <= last ? orders.slice(first, last + 1) : orders.slice(last, first + 1).toReversed();
  return selection.has(to.id) ? without(selection, range) : withSelected(selection, range);
}

/** How much of a list is picked, as a checkbox shows it. */
export type Extent = 'none' | 'some' | 'all';

export function extentOf(selection: Selection, orders: readonly ListedOrder[]): Extent {
  const count = orders.filter(({ id }) => selection.has(id)).length;
  if (count === 0) return 'none';
  return count === orders.length ? 'all' : 'some';
}

/** Picks the whole list, or as much of it as there is room for; when nothing can be added, picks none of it. */
export function toggledAll(selection: Selection, orders: readonly ListedOrder[]): Selection {
  const more = withSelected(selection, orders);
  return more === selection ? without(selection, orders) : more;
}
