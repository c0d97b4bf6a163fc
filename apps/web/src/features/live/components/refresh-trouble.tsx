import { marketClock } from '../../../lib/time-text.ts';
import { staleScope } from '../freshness.ts';
import { useFreshness } from '../live-context.tsx';
import styles from './refresh-trouble.module.css';

/**
 * Says that something is shown which could not be refreshed. Not once the server is silent: the banner then says from
 * when everything on the page is, and a second time beside it would only raise the question which one is true.
 *
 * @param props.what several things: `These rows`
 */
export function RefreshTrouble(props: {
  what: string;
  query: { isRefetchError: boolean; dataUpdatedAt: number; error: Error | null };
}) {
  const { what, query } = props;
  const freshness = useFreshness();
  if (!query.isRefetchError || staleScope(freshness) === 'all') return null;
  return (
    <p className={styles.trouble} role="alert">
      {what} could not be refreshed: they are as of {marketClock(new Date(query.dataUpdatedAt).toISOString())} ET.{' '}
      {query.error?.message}
    </p>
  );
}
