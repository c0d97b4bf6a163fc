import type { ListedOrder } from '@fill-tracker/contract';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, memo, type MouseEvent, useState } from 'react';
import { orderName } from '../../../lib/order-words.ts';
import { ORDER_COLUMNS } from './order-columns.tsx';
import styles from './orders-table.module.css';

/** @param rowNumber from 2: the head of the table is row 1 */
export const OrderRow = memo(function OrderRow(props: {
  order: ListedOrder;
  rowNumber: number;
  isSelected: boolean;
  /** With Shift: also what lies between this row and the one that was selected before. */
  onSelect: (order: ListedOrder, isRange: boolean) => void;
  onRepoll: (order: ListedOrder) => void;
}) {
  const { order, rowNumber, isSelected, onSelect, onRepoll } = props;
  const navigate = useNavigate();
  const changes = useChangeCount(order.lastChangedAt);
  const openOrSelect = ({ target, shiftKey }: MouseEvent) => {
    if (isWithin(target, 'a, button, input')) return;
    if (shiftKey || isWithin(target, '[data-column="select"]')) onSelect(order, shiftKey);
    else void navigate({ to: '/orders/$orderId', params: { orderId: String(order.id) } });
  };
  const selectBySpace = (event: KeyboardEvent) => {
    // Buttons and checkboxes have a use of their own for it.
    if (event.key !== ' ' || !isWithin(event.target, 'a')) return;
    event.preventDefault();
    onSelect(order, event.shiftKey);
  };
  return (
    <tr
      aria-rowindex={rowNumber}
      aria-selected={isSelected}
      className={styles.row}
      data-flash={flashOf(changes)}
      onClick={openOrSelect}
      onMouseDown={keepTextUnmarked}
      onKeyDown={selectBySpace}
    >
      <td data-column="select">
        <input
          type="checkbox"
          aria-label={`Select ${orderName(order)}`}
          checked={isSelected}
          onChange={({ nativeEvent }) => onSelect(order, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
        />
      </td>
      {ORDER_COLUMNS.map(({ key, isNumber, cell }) => (
        <td key={key} data-column={key} data-number={isNumber}>
          {cell(order)}
        </td>
      ))}
      <td data-column="action">
        <button
          type="button"
          data-look="bare"
          className={styles.repoll}
          aria-label={`Re-poll ${orderName(order)}`}
          title="Ask the broker now (r)"
          onClick={() => onRepoll(order)}
        >
          ↻
        </button>
      </td>
    </tr>
  );
});

function isWithin(target: EventTarget, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

/** Browsers mark all text between two clicks when the second is made with Shift. */
function keepTextUnmarked(event: MouseEvent): void {
  if (event.shiftKey && !isWithin(event.target, 'a, button, input')) event.preventDefault();
}

/** How often a value changed while the row was on the screen. */
function useChangeCount(value: string): number {
  const [seen, setSeen] = useState({ value, count: 0 });
  if (seen.value === value) return seen.count;
  setSeen({ value, count: seen.count + 1 });
  return seen.count + 1;
}

/** Two names for the same flash: a second change in a row must start it again. */
function flashOf(changes: number): 'odd' | 'even' | undefined {
  if (changes === 0) return undefined;
  return changes % 2 === 1 ? 'odd' : 'even';
}
