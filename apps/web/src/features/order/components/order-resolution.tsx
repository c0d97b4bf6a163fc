import type { Resolution } from '@fill-tracker/contract';
import { exactMoment, marketMomentText } from '../../../lib/time-text.ts';
import styles from './order-resolution.module.css';

/** Says that a person closed the order, who, when and why. */
export function OrderResolution({ resolution }: { resolution: Resolution }) {
  const { by, reason, at } = resolution;
  return (
    <p className={styles.resolution}>
      <strong>Closed by {by === 'operator' ? 'operator' : `operator ${by}`}</strong> at{' '}
      <time dateTime={at} title={exactMoment(at)}>
        {marketMomentText(at)} ET
      </time>
      : {reason}
    </p>
  );
}
