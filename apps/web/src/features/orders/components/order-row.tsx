import type { ListedOrder } from '@fill-tracker/contract';
import { useNavigate } from '@tanstack/react-router';
import { memo, type MouseEvent, useState } from 'react';
import { orderName } from '../../../lib/order-words.ts';
import { ORDER_COLUMNS } from './order-columns.tsx';
import styles from './orders-table.module.css';

/** @param rowNumber from 2: the head of the table is row 1 */
export const OrderRow = memo(function OrderRow(props: {
  order: ListedOrder;
  rowNumber: number;
  onRepoll: (order: ListedOrder) => void;
}) {
  const { order, rowNumber, onRepoll } = props;
  const navigate = useNavigate();
  const changes = useChangeCount(order.lastChangedAt);
  const open = (event: MouseEvent) => {
    const isOnControl = event.target instanceof Element && event.target.closest('a, button') !== null;
    if (!isOnControl) void navigate({ to: '/orders/$orderId', params: { orderId: String(order.id) } });
  };
  return (
    <tr aria-rowindex={rowNumber} className={styles.row} data-flash={flashOf(changes)} onClick={open}>
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
