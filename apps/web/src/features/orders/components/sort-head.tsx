import type { OrderSort } from '@fill-tracker/contract';
import { Link } from '@tanstack/react-router';
import type { OrdersSearch } from '../orders-search.ts';
import type { OrderColumn } from './order-columns.tsx';
import styles from './orders-table.module.css';

type Direction = 'asc' | 'desc';

/** What the server does when no direction is named. */
const USUAL = { enteredAt: 'desc', closedAt: 'desc', symbol: 'asc' } as const satisfies Record<OrderSort, Direction>;

/** The head of a column; a link that sorts, where the server can. */
export function SortHead({ column, search }: { column: OrderColumn; search: OrdersSearch }) {
  const { key, title, isNumber, sort } = column;
  const cell = { 'data-column': key, 'data-number': isNumber };
  if (sort === undefined) {
    return (
      <th scope="col" {...cell}>
        {title}
      </th>
    );
  }
  const isSorted = (search.sort ?? 'enteredAt') === sort;
  const direction = search.direction ?? USUAL[sort];
  const next = isSorted && direction === USUAL[sort] ? opposite(direction) : undefined;
  return (
    <th scope="col" {...cell} aria-sort={isSorted ? ARIA[direction] : 'none'}>
      <Link to="/orders" search={{ ...search, sort, direction: next }} replace className={styles.sort}>
        {title}
        <span aria-hidden="true">{isSorted ? ARROWS[direction] : '↕'}</span>
      </Link>
    </th>
  );
}

const ARIA = { asc: 'ascending', desc: 'descending' } as const;
const ARROWS = { asc: '↑', desc: '↓' } as const;

function opposite(direction: Direction): Direction {
  return direction === 'asc' ? 'desc' : 'asc';
}
