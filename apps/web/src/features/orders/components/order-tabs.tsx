import type { OrderTab, Summary } from '@fill-tracker/contract';
import { Link } from '@tanstack/react-router';
import { latencyText } from '../../../lib/time-text.ts';
import { counted } from '../../../lib/words.ts';
import type { OrdersSearch } from '../orders-search.ts';
import styles from './order-tabs.module.css';

const TABS: readonly {
  readonly tab: OrderTab | undefined;
  readonly name: string;
  readonly count: keyof Summary['counts'];
}[] = [
  { tab: 'pending', name: 'Pending', count: 'pending' },
  { tab: 'completed', name: 'Filled', count: 'completed' },
  { tab: 'failed', name: 'Ended', count: 'failed' },
  { tab: 'attention', name: 'Attention', count: 'attention' },
  { tab: undefined, name: 'All', count: 'all' },
];

/** Links to the same filters under another status, with how many orders each has in all. */
export function OrderTabs({ summary, search }: { summary: Summary | undefined; search: OrdersSearch }) {
  const counts = summary?.counts;
  return (
    <nav className={styles.tabs} aria-label="Orders by status">
      {TABS.map(({ tab, name, count }) => (
        <Link
          key={name}
          to="/orders"
          search={{ ...search, status: tab }}
          activeOptions={{ exact: true, includeSearch: true }}
          className={styles.tab}
          data-selected={search.status === tab}
        >
          {name}
          <span className={styles.count} data-alarm={tab === 'attention' && (counts?.attention ?? 0) > 0}>
            {counts === undefined ? '·' : counts[count].toLocaleString('en-US')}
          </span>
        </Link>
      ))}
      {summary !== undefined && <p className={styles.today}>{todayText(summary)}</p>}
    </nav>
  );
}

function todayText({ filledToday, detectionLatency: { p50Ms } }: Summary): string {
  const filled = `${counted(filledToday.orders, 'order')} filled today`;
  // The median: an outage that kept a few from sight for minutes must not speak for all of them.
  return p50Ms === null ? filled : `${filled}, half of their fills noticed within ${latencyText(p50Ms)}`;
}
