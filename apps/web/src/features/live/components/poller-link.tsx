import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { counted } from '../../../lib/words.ts';
import { useLive } from '../live-context.tsx';
import styles from './poller-link.module.css';

/** The way to the page that tells of alerts, and how many are open. Screen readers hear the count as its description. */
export function PollerLink() {
  const { health } = useLive();
  const id = useId();
  const open = health?.openAlerts ?? 0;
  if (open === 0) return <Link to="/poller">Poller</Link>;
  const words = counted(open, 'open alert');
  return (
    <>
      <Link to="/poller" aria-describedby={id} title={words}>
        Poller
        <span className={styles.count} aria-hidden="true">
          {open}
        </span>
      </Link>
      <span id={id} hidden>
        {words}
      </span>
    </>
  );
}
