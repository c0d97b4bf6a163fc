import { useLive } from '../live-context.tsx';
import styles from './open-alerts.module.css';

/** How many alerts are open, beside the name of the page that tells them; nothing when there are none. */
export function OpenAlerts() {
  const { health } = useLive();
  if (health === null || health.openAlerts === 0) return null;
  return (
    <span className={styles.count}>
      {health.openAlerts}
      <span className={styles.unseen}> open {health.openAlerts === 1 ? 'alert' : 'alerts'}</span>
    </span>
  );
}
