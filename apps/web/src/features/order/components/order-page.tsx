import type { FullOrder } from '@fill-tracker/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Message } from '../../../components/ui/message.tsx';
import { OrderStatus } from '../../../components/ui/order-status.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { RequestError } from '../../../lib/http.ts';
import { orderName } from '../../../lib/order-words.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { RefreshTrouble } from '../../live/components/refresh-trouble.tsx';
import { lastOrdersSearch } from '../../orders/last-orders-search.ts';
import { orderQuery } from '../api/order.ts';
import { isDecidable } from '../resolve-choices.ts';
import { AsKnownForm } from './as-known-form.tsx';
import { AuditTrail } from './audit-trail.tsx';
import { BrokerEvidence } from './broker-evidence.tsx';
import { FillsTable } from './fills-table.tsx';
import { OrderFacts } from './order-facts.tsx';
import { OrderFlags } from './order-flags.tsx';
import styles from './order-page.module.css';
import { OrderResolution } from './order-resolution.tsx';
import { OrderThen } from './order-then.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { OrderVerification } from './order-verification.tsx';
import { PriceProof } from './price-proof.tsx';
import { RepollButton } from './repoll-button.tsx';
import { ReplacementChain } from './replacement-chain.tsx';
import { ResolveButton } from './resolve-button.tsx';

/** One order with all that is known of it, and how it is known. */
export function OrderPage() {
  const { orderId } = useParams({ from: '/orders/$orderId' });
  const { asKnownAt = null } = useSearch({ from: '/orders/$orderId' });
  const isId = /^[1-9]\d{0,14}$/.test(orderId);
  const query = useQuery({ ...orderQuery(Number(orderId)), enabled: isId });
  useTitle(query.data === undefined ? 'Order' : orderName(query.data));
  return (
    <div className={styles.page} data-shows={asKnownAt === null ? 'orders' : 'past'}>
      <Link to="/orders" search={lastOrdersSearch()} className={styles.back}>
        ← Orders
      </Link>
      <RefreshTrouble what="The facts of this order" query={query} />
      {query.data === undefined
        ? placeholder(isId, query.error, () => void query.refetch())
        : show(query.data, asKnownAt)}
    </div>
  );
}

function placeholder(isId: boolean, error: Error | null, onRetry: () => void): ReactNode {
  const isMissing = error instanceof RequestError && error.status === 404;
  if (!isId || isMissing) {
    return (
      <Message title="There is no such order" isPage>
        The record holds no order of this number.
      </Message>
    );
  }
  if (error === null) return <Skeleton lines={10} label="Loading the order" />;
  return (
    <Message
      title="The order could not be loaded"
      tone="bad"
      isPage
      actions={
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      }
    >
      {error.message}
    </Message>
  );
}

function show(order: FullOrder, at: string | null): ReactNode {
  return (
    <>
      <header className={styles.head}>
        <div className={styles.title}>
          <h1>{orderName(order)}</h1>
          {at === null && <OrderStatus order={order} />}
        </div>
        {at === null && (
          <div className={styles.actions}>
            <RepollButton order={order} />
            {isDecidable(order) && <ResolveButton order={order}>Resolve…</ResolveButton>}
          </div>
        )}
      </header>
      {at === null ? <OrderNow order={order} /> : <OrderThen order={order} at={at} />}
      <div className={styles.then}>
        <AsKnownForm key={at} orderId={order.id} at={at} />
      </div>
    </>
  );
}

function OrderNow({ order }: { order: FullOrder }) {
  return (
    <>
      <OrderFlags order={order} />
      {order.resolution !== null && <OrderResolution resolution={order.resolution} />}
      <div className={styles.columns}>
        <div className={styles.column}>
          <OrderFacts order={order} />
          <PriceProof order={order} />
          <OrderVerification order={order} />
          <FillsTable order={order} />
          <ReplacementChain order={order} />
        </div>
        <div className={styles.column}>
          <OrderTimeline order={order} />
          <AuditTrail orderId={order.id} entries={order.audit} />
          <BrokerEvidence evidence={order.evidence} />
        </div>
      </div>
    </>
  );
}
