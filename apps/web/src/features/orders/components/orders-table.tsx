import type { ListedOrder } from '@fill-tracker/contract';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { longestFraction } from '../../../lib/decimal-text.ts';
import { useMediaQuery } from '../../../lib/use-media-query.ts';
import type { OrdersSearch } from '../orders-search.ts';
import { ORDER_COLUMNS } from './order-columns.tsx';
import { OrderRow } from './order-row.tsx';
import styles from './orders-table.module.css';
import { SelectAllHead } from './select-all-head.tsx';
import { SortHead } from './sort-head.tsx';
import { useActiveRow } from './use-active-row.ts';
import type { SelectionControl } from './use-selection.ts';

/** Heights of a row, px; the style sheet gets them from here. */
const ROW = 38;
const NARROW_ROW = 58;
/** More rows are asked for when so few are left below the screen. */
const AHEAD = 40;

/** Id of the scrolling region, which can take the focus. */
export const ORDERS_TABLE = 'orders-table';

/** The orders as a table of which only the rows on the screen exist, however many there are. */
export function OrdersTable(props: {
  orders: readonly ListedOrder[];
  /** How many there are in all; null when that is not known. */
  total: number | null;
  search: OrdersSearch;
  selecting: SelectionControl;
  onMore: () => void;
  onRepoll: (order: ListedOrder) => void;
  /** Below the last row. */
  end: ReactNode;
}) {
  const { orders, total, search, selecting, onMore, onRepoll, end } = props;
  const { selection, toggle, toggleAll } = selecting;
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useMediaQuery('(max-width: 760px)') ? NARROW_ROW : ROW;
  const activeIndex = useRef(-1);
  const rangeExtractor = useCallback((range: Range) => {
    const indexes = defaultRangeExtractor(range);
    const active = activeIndex.current;
    // The row that holds the focus stays, or the focus would be lost when it scrolls out.
    if (active < 0 || active >= range.count || indexes.includes(active)) return indexes;
    return [...indexes, active].toSorted((a, b) => a - b);
  }, []);
  const virtualizer = useVirtualizer({
    count: orders.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    rangeExtractor,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useActiveRow({
    orders,
    activeIndex,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    onRepoll,
    onSelect: (order) => toggle(order, false),
  });

  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= orders.length - AHEAD) onMore();
    // Other rows ask anew too: to bring them, a page that was under way may have been called off.
  }, [last, orders, onMore]);

  const digits = useMemo(() => fractionDigits(orders), [orders]);
  return (
    <div ref={scroller} id={ORDERS_TABLE} className={styles.scroller} role="region" aria-label="Orders" tabIndex={0}>
      <table
        className={styles.table}
        aria-rowcount={total === null ? -1 : total + 1}
        // Elsewhere the flag beside the symbol is enough: a column for a few of them would push the others together.
        data-flags={search.status === 'attention'}
        style={sizes(digits, rowHeight)}
      >
        <thead>
          <tr aria-rowindex={1}>
            <SelectAllHead orders={orders} selection={selection} onToggleAll={toggleAll} />
            {ORDER_COLUMNS.map((column) => (
              <SortHead key={column.key} column={column} search={search} />
            ))}
            <th data-column="action">
              <span className="visually-hidden">Re-poll</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ index, start }, i) => {
            const order = orders[index];
            const gap = start - (rows[i - 1]?.end ?? 0);
            return order === undefined
              ? null
              : [
                  gap > 0 && <Gap key={`gap ${order.id}`} height={gap} />,
                  <OrderRow
                    key={order.id}
                    order={order}
                    rowNumber={index + 2}
                    isSelected={selection.has(order.id)}
                    onSelect={toggle}
                    onRepoll={onRepoll}
                  />,
                ];
          })}
          <Gap height={virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
      {end}
    </div>
  );
}

/** The room of rows that do not exist. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true">
      {/* One cell: to span columns that a narrow screen leaves out would bring them back. */}
      <td className={styles.gap} style={{ height }} />
    </tr>
  );
}

interface Digits {
  readonly price: number;
  readonly value: number;
}

function fractionDigits(orders: readonly ListedOrder[]): Digits {
  return {
    price: longestFraction(
      orders.map(({ averagePrice, netPrice }) => netPrice?.amount ?? averagePrice),
      2,
    ),
    value: longestFraction(
      orders.map(({ sum }) => sum),
      2,
    ),
  };
}

function sizes(digits: Digits, rowHeight: number): CSSProperties {
  return {
    '--price-digits': digits.price,
    '--value-digits': digits.value,
    '--row-height': `${rowHeight}px`,
  };
}
