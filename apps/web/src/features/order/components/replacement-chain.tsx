import type { FullOrder } from '@fill-tracker/contract';
import { Link } from '@tanstack/react-router';
import { OrderStatus } from '../../../components/ui/order-status.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { orderName } from '../../../lib/order-words.ts';
import styles from './replacement-chain.module.css';

/** The orders that replaced one another, oldest first. Only when there was a replacement. */
export function ReplacementChain({ order }: { order: FullOrder }) {
  if (order.chain.length < 2) return null;
  return (
    <Panel title="Replacements">
      <ol className={styles.chain}>
        {order.chain.map((link) => (
          <li key={link.id}>
            {link.id === order.id ? (
              <strong>{orderName(link)}</strong>
            ) : (
              <Link to="/orders/$orderId" params={{ orderId: String(link.id) }}>
                {orderName(link)}
              </Link>
            )}
            <OrderStatus order={link} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}
