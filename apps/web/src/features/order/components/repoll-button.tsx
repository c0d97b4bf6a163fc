import type { FullOrder } from '@fill-tracker/contract';
import { useKeys } from '../../../lib/use-keys.ts';
import { useRepoll } from '../api/repoll.ts';
import styles from './repoll-button.module.css';

/** Has the broker asked about this order now, and says what came of it. */
export function RepollButton({ order }: { order: FullOrder }) {
  const { mutate, isPending, data } = useRepoll();
  const ask = () => {
    if (!isPending) mutate(order);
  };
  useKeys({ r: ask });
  return (
    <div className={styles.repoll}>
      <p role="status" data-problem={data?.isProblem === true}>
        {isPending ? 'Asking the broker…' : data?.text}
      </p>
      <button type="button" onClick={ask} disabled={isPending} title="Ask the broker about this order now (r)">
        <span className={styles.sign} data-turning={isPending} aria-hidden="true">
          ↻
        </span>{' '}
        Re-poll
      </button>
    </div>
  );
}
