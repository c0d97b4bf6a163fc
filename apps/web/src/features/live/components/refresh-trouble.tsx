import { marketClock } from '../../../lib/time-text.ts';
import { staleScope } from '../../live/freshness.ts';
import { useFreshness } from '../../live/live-context.tsx';
import styles from './refresh-trouble.module.css';

/**
 * Says that rows are shown which could not be refreshed. Not once the server is silent: the banner then says from when
 * everything on the page is, and a second time beside it would only raise the question which one is true.
 *
 * @param at when they were last loaded, ms
 */
export function RefreshTrouble({ at, error }: { at: number; error: Error }) {
  const freshness = useFreshness();
  if (staleScope(freshness) === 'all') return null;
  return (
    <p className={styles.trouble} role="alert">
      These rows could not be refreshed: they are as of {marketClock(new Date(at).toISOString())} ET. {error.message}
    </p>
  );
}
