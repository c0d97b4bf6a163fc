import type { ListedOrder } from '@fill-tracker/contract';
import { Decimal } from './decimal.tsx';
import styles from './fill-price.module.css';

/** What an order filled at: its average, or the net price of several legs with which way the money went. */
export function FillPrice({ order }: { order: ListedOrder }) {
  if (order.netPrice !== null) {
    const { amount, effect } = order.netPrice;
    return (
      <span className={styles.net}>
        <span className={styles.effect}>{effect.toLowerCase()}</span>
        <Decimal text={amount} />
      </span>
    );
  }
  if (order.averagePrice !== null) return <Decimal text={order.averagePrice} />;
  return <span className={styles.none}>{order.flags.includes('UNPRICED') ? 'unknown' : '—'}</span>;
}
