import type { ListedOrder } from '@fill-tracker/contract';
import { brokerWord, standingOf } from '../../lib/order-words.ts';
import { Badge } from './badge.tsx';
import styles from './order-status.module.css';

/** Our word for how an order stands, and the broker's. */
export function OrderStatus({ order }: { order: ListedOrder }) {
  const { word, tone } = standingOf(order);
  return (
    <span className={styles.status}>
      <Badge tone={tone}>{word}</Badge>
      <span className={styles.broker} title="In the broker's own word">
        {brokerWord(order)}
      </span>
    </span>
  );
}
