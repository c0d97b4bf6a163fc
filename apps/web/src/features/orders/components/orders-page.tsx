import type { ListedOrder } from '@fill-tracker/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useKeys } from '../../../lib/use-keys.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { RefreshTrouble } from '../../live/components/refresh-trouble.tsx';
import { csvAddress, orderListQuery } from '../api/order-list.ts';
import { summaryQuery } from '../api/summary.ts';
import { rememberOrdersSearch } from '../last-orders-search.ts';
import { FirstRun } from './first-run.tsx';
import { OrderFilters } from './order-filters.tsx';
import { OrderTabs } from './order-tabs.tsx';
import styles from './orders-page.module.css';
import { OrdersPlaceholder } from './orders-placeholder.tsx';
import { ORDERS_TABLE, OrdersTable } from './orders-table.tsx';
import { OrphansNotice } from './orphans-notice.tsx';
import { RestTrouble } from './rest-trouble.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TrackDialog } from './track-dialog.tsx';
import { useRepollSelection } from './use-repoll-selection.ts';
import { useRepollWithToast } from './use-repoll-with-toast.ts';
import { useSelection } from './use-selection.ts';

const NONE: readonly ListedOrder[] = [];

/** All orders: which ones the address says, as the newest word of the record has them. */
export function OrdersPage() {
  const search = useSearch({ from: '/orders' });
  rememberOrdersSearch(search);
  const [isTracking, setIsTracking] = useState(false);
  const summary = useQuery(summaryQuery);
  const list = useInfiniteQuery(orderListQuery(search));
  const orders = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? NONE, [list.data]);
  const repoll = useRepollWithToast();
  const selecting = useSelection(orders, search);
  const { selection } = selecting;
  const { progress, start, stop } = useRepollSelection();
  const clearSelection = () => {
    selecting.clear();
    // The bar, and with it what had the focus, goes away.
    document.querySelector<HTMLElement>(`#${ORDERS_TABLE}`)?.focus();
  };
  useKeys({ n: () => setIsTracking(true), R: () => start(selection), Escape: selecting.clear });
  useTitle(summary.data === undefined ? 'Orders' : `${summary.data.counts.pending} pending`);

  const { fetchNextPage, hasNextPage, isFetching, isPlaceholderData, isError } = list;
  const loadMore = useCallback(() => {
    // After an error not by itself: it would ask without end. And a page that comes makes the rows above it look fresh.
    if (hasNextPage && !isFetching && !isPlaceholderData && !isError) void fetchNextPage({ cancelRefetch: false });
  }, [fetchNextPage, hasNextPage, isFetching, isPlaceholderData, isError]);

  const track = () => setIsTracking(true);
  const first = list.data?.pages[0];
  return (
    // The help of the first run is no order: it must not look old when nothing is watched yet.
    <div className={styles.page} data-shows={summary.data?.counts.all === 0 ? 'help' : 'orders'}>
      <h1 className="visually-hidden">Orders</h1>
      <OrderTabs summary={summary.data} search={search} />
      <RefreshTrouble what="The counts of orders" query={summary} />
      <OrderFilters search={search}>
        <span className={styles.total} role="status">
          {first !== undefined && !list.isPlaceholderData && totalText(first)}
        </span>
        <a className="button" href={csvAddress(search)} download="orders.csv">
          CSV
        </a>
        <button type="button" data-look="main" onClick={track}>
          Track an order
        </button>
      </OrderFilters>
      {search.status === 'attention' && <OrphansNotice />}
      <RefreshTrouble what="These rows" query={list} />
      {orders.length > 0 ? (
        <OrdersTable
          orders={orders}
          total={first === undefined || first.totalIsCapped ? null : first.total}
          search={search}
          selecting={selecting}
          onMore={loadMore}
          onRepoll={repoll}
          end={
            list.isFetchNextPageError && (
              <RestTrouble
                error={list.error}
                isRetrying={list.isFetchingNextPage}
                onRetry={() => void fetchNextPage({ cancelRefetch: false })}
              />
            )
          }
        />
      ) : summary.data?.counts.all === 0 ? (
        <FirstRun isDemo={summary.data.demo} onTrack={track} />
      ) : (
        <OrdersPlaceholder list={list} search={search} />
      )}
      <SelectionBar
        count={selection.size}
        progress={progress}
        onRepoll={() => start(selection)}
        onStop={stop}
        onClear={clearSelection}
      />
      {isTracking && <TrackDialog onClose={() => setIsTracking(false)} />}
    </div>
  );
}

function totalText({ total, totalIsCapped }: { total: number; totalIsCapped: boolean }): string {
  return `${total.toLocaleString('en-US')}${totalIsCapped ? ' or more' : ''} ${total === 1 ? 'order' : 'orders'}`;
}
