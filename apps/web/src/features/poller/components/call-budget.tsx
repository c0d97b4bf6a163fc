import type { PollerHealth, PollerLoad } from '@fill-tracker/contract';
import { Panel } from '../../../components/ui/panel.tsx';
import { latencyText } from '../../../lib/time-text.ts';
import { counted } from '../../../lib/words.ts';
import { Meter } from './meter.tsx';
import styles from './call-budget.module.css';

/** Calls to the broker against the ceiling that the poller keeps, and what they buy. */
export function CallBudget({ requests, load }: Pick<PollerHealth, 'requests' | 'load'>) {
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
      {load !== null && <Projection load={load} limit={perMinuteLimit} />}
    </Panel>
  );
}

function Projection({ load, limit }: { load: PollerLoad; limit: number }) {
  const { workingOrders, worstCaseMs, restingWorstCaseMs, requestsPerMinute, allowedPerMinute } = load;
  if (worstCaseMs === null) return <p className={styles.note}>Nobody looks now: polling outside hours is off.</p>;
  return (
    <p className={styles.note}>
      At your {counted(workingOrders, 'working order')} a fill is known within {latencyText(worstCaseMs)} at worst
      {restingWorstCaseMs !== null && `, within ${latencyText(restingWorstCaseMs)} for orders of earlier days`}, at{' '}
      {requestsPerMinute} calls a minute.
      {allowedPerMinute < limit && ` Schwab asked for fewer calls: ${allowedPerMinute} a minute are allowed now.`}
    </p>
  );
}
