import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { counted } from '../../../lib/words.ts';
import { orphansQuery } from '../../poller/api/orphans.ts';
import styles from './orphans-notice.module.css';

/** Leads from what needs a person to what the list cannot hold: orders that are in no record. */
export function OrphansNotice() {
  const { data } = useQuery(orphansQuery);
  const count = data?.untracked.length ?? 0;
  if (count === 0) return null;
  return (
    <p className={styles.notice}>
      {counted(count, 'order')} at the broker {count === 1 ? 'is' : 'are'} tracked by nobody.{' '}
      <Link to="/poller">See them and track them</Link>
    </p>
  );
}
