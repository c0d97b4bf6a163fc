import type { FullOrder } from '@fill-tracker/contract';
import { flagMeaning } from '../../../lib/order-words.ts';
import { wordsOf } from '../../../lib/words.ts';
import styles from './order-flags.module.css';

/** What about an order needs a person, and what the broker said when it refused. */
export function OrderFlags({ order }: { order: FullOrder }) {
  const { flags, statusDescription } = order;
  if (flags.length === 0 && statusDescription === null) return null;
  return (
    <ul className={styles.flags}>
      {flags.map((flag) => (
        <li key={flag}>
          <span aria-hidden="true">⚑ </span>
          <strong>{wordsOf(flag)}.</strong> {flagMeaning(flag)}
        </li>
      ))}
      {statusDescription !== null && (
        <li>
          <strong>The broker says:</strong> {statusDescription}
        </li>
      )}
    </ul>
  );
}
