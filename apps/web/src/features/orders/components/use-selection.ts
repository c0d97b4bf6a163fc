import type { ListedOrder } from '@fill-tracker/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { plainSearch } from '../../../lib/plain-search.ts';
import type { OrdersSearch } from '../orders-search.ts';
import { NOTHING_SELECTED, type Selection, toggled, toggledAll, toggledTo } from '../selection.ts';

export interface SelectionControl {
  readonly selection: Selection;
  /** @param isRange also all orders from the one that was clicked before */
  readonly toggle: (order: ListedOrder, isRange: boolean) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

/** What is picked of the list. Another filter shows other orders, and drops it; another sorting does not. */
export function useSelection(orders: readonly ListedOrder[], search: OrdersSearch): SelectionControl {
  const { sort: _sort, direction: _direction, ...filters } = search;
  const filter = plainSearch(filters);
  const [state, setState] = useState({ filter, selection: NOTHING_SELECTED });
  if (state.filter !== filter) setState({ filter, selection: NOTHING_SELECTED });
  const shown = useRef(orders);
  useEffect(() => {
    shown.current = orders;
  });
  const clickedBefore = useRef<number | null>(null);
  const change = useCallback(
    (next: (selection: Selection) => Selection) => setState((now) => ({ ...now, selection: next(now.selection) })),
    [],
  );
  const toggle = useCallback(
    (order: ListedOrder, isRange: boolean) => {
      const from = isRange ? clickedBefore.current : null;
      clickedBefore.current = order.id;
      change((now) => (isRange ? toggledTo(now, shown.current, from, order) : toggled(now, order)));
    },
    [change],
  );
  return {
    selection: state.selection,
    toggle,
    toggleAll: () => change((now) => toggledAll(now, orders)),
    clear: () => change(() => NOTHING_SELECTED),
  };
}
