import type { PollerHealth } from '@fill-tracker/contract';
import { Panel } from '../../../components/ui/panel.tsx';
import { Meter } from './meter.tsx';
import styles from './call-budget.module.css';

/** Calls to the broker against the ceiling that the poller keeps. */
export function CallBudget({ requests }: { requests: PollerHealth['requests'] }) {
  const { lastMinute, lastHour, perMinuteLimit } = requests;
  return (
    <Panel title="Calls to the broker">
      <p className={styles.number}>
        <strong>{lastMinute}</strong> of {perMinuteLimit} in the last minute
      </p>
      <Meter share={lastMinute / perMinuteLimit} tone={lastMinute >= perMinuteLimit ? 'bad' : 'accent'} />
      <p className={styles.note}>
        {lastHour.toLocaleString('en-US')} in the last hour. One call covers all of today’s orders.
      </p>
    </Panel>
  );
}
