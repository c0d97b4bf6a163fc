import { Link } from '@tanstack/react-router';
import { Message } from '../../../components/ui/message.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import type { OrdersSearch } from '../orders-search.ts';

const NOTHING = {
  pending: 'Nothing is pending',
  completed: 'Nothing has filled yet',
  failed: 'No order ended without a fill',
  attention: 'Nothing needs your attention',
} as const;

/** What stands in the place of the table when it has no rows. */
export function OrdersPlaceholder(props: {
  list: { isPending: boolean; errorUpdateCount: number; error: Error | null; refetch: () => unknown };
  search: OrdersSearch;
}) {
  const { list, search } = props;
  if (list.isPending && list.errorUpdateCount === 0) return <Skeleton lines={12} label="Loading the orders" />;
  // While it tries again it is pending and has no error: the message stays until there are orders.
  if (list.isPending || list.error !== null) {
    return (
      <Message
        title="The orders could not be loaded"
        tone="bad"
        actions={
          <button type="button" onClick={() => void list.refetch()}>
            Try again
          </button>
        }
      >
        {list.error?.message ?? 'Trying again…'}
      </Message>
    );
  }
  const { status, sort, direction, ...filters } = search;
  if (Object.keys(filters).length === 0)
    return <Message title={status === undefined ? 'No orders' : NOTHING[status]} />;
  return (
    <Message
      title="No order matches these filters"
      actions={
        <Link to="/orders" search={{ status, sort, direction }} className="button">
          Clear the filters
        </Link>
      }
    />
  );
}
