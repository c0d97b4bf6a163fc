import { marketMomentText, roughDuration } from '../../../lib/time-text.ts';
import { STALE_SENTENCES, staleScope } from '../freshness.ts';
import { useFreshness, useServerNow } from '../live-context.tsx';
import styles from './stale-banner.module.css';

/** Says that what is shown is old, why, and from when it is. */
export function StaleBanner() {
  const freshness = useFreshness();
  const now = useServerNow();
  if (freshness.state !== 'stale') return null;
  const { why, asOf } = freshness;
  return (
    <div className={styles.banner} data-why={why}>
      {/* Only what does not change every second is read aloud. */}
      <p role="alert">
        <strong>{why === 'never-started' ? 'Not watching yet.' : 'Old data.'}</strong> {STALE_SENTENCES[why]}
      </p>
      {asOf !== null && (
        <p>
          {staleScope(freshness) === 'all' ? 'Everything below is' : 'The orders are'} as of{' '}
          {marketMomentText(new Date(asOf).toISOString())} ET, {roughDuration(now - asOf)} ago.
        </p>
      )}
    </div>
  );
}
