import type { ListedOrder } from '@fill-tracker/contract';
import { type RefObject, useState, useEffect } from 'react';
import { useKeys } from '../../../lib/use-keys.ts';

/**
 * The keyboard in the table: j and k move the focus from row to row, r re-polls, x selects. What is active is the row
 * whose link has the focus, so Enter, Tab and screen readers work as they always do.
 */
export function useActiveRow(table: {
  readonly orders: readonly ListedOrder[];
  /** Index of the active row, -1 for none; the table keeps that row in existence. */
  readonly activeIndex: RefObject<number>;
  readonly scrollTo: (index: number) => void;
  readonly onRepoll: (order: ListedOrder) => void;
  readonly onSelect: (order: ListedOrder) => void;
}): void {
  const { orders, activeIndex, scrollTo, onRepoll, onSelect } = table;
  const [wanted, setWanted] = useState<{ readonly id: number } | null>(null);

  const move = (step: number) => {
    const current = orders.findIndex(({ id }) => id === focusedOrder());
    const index = Math.min(orders.length - 1, Math.max(0, current + step));
    const order = orders[index];
    if (order === undefined) return;
    activeIndex.current = index;
    scrollTo(index);
    setWanted({ id: order.id });
  };
  const withActive = (action: (order: ListedOrder) => void) => {
    const order = orders.find(({ id }) => id === focusedOrder());
    if (order !== undefined) action(order);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    r: () => withActive(onRepoll),
    x: () => withActive(onSelect),
  });
  useEffect(() => {
    if (wanted !== null) document.querySelector<HTMLElement>(`#order-${wanted.id}`)?.focus({ preventScroll: true });
  }, [wanted]);
}

/** The order whose row has the focus; -1 when none has. */
function focusedOrder(): number {
  const link = document.activeElement?.closest('tr')?.querySelector('a[id^="order-"]');
  return link === null || link === undefined ? -1 : Number(link.id.slice('order-'.length));
}
