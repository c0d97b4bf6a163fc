import { useFreshness, useLive } from '../live-context.tsx';
import { StatusItem } from './status-item.tsx';

/** Whether the page follows the record as it changes. */
export function ConnectionStatus() {
  const { connection } = useLive();
  const freshness = useFreshness();
  // Before the first run nothing was ever new: the status of the poller says so.
  if (freshness.state === 'stale' && freshness.why !== 'never-started') {
    return (
      <StatusItem label="Connection" tone="bad" title="What is shown may no longer be true.">
        Stale
      </StatusItem>
    );
  }
  if (connection === 'live') {
    return (
      <StatusItem label="Connection" tone="good" title="Changes appear as they are recorded.">
        Live
      </StatusItem>
    );
  }
  return connection === 'connecting' ? (
    <StatusItem label="Connection" tone="neutral">
      Connecting…
    </StatusItem>
  ) : (
    <StatusItem label="Connection" tone="warn" title="Until it is back, the page asks every few seconds.">
      Reconnecting…
    </StatusItem>
  );
}
