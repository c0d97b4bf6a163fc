import type { DetectionLatency } from '@fill-tracker/contract';
import { Badge } from '../../../components/ui/badge.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { latencyText } from '../../../lib/time-text.ts';
import { counted } from '../../../lib/words.ts';
import { Meter } from './meter.tsx';
import styles from './detection-speed.module.css';

/** How long fills took to be noticed, against what was promised. */
export function DetectionSpeed({ latency, objectiveMs }: { latency: DetectionLatency; objectiveMs: number }) {
  const { fills, foundLate, p50Ms, p95Ms, p99Ms } = latency;
  return (
    <Panel title="Detection of fills" aside={<Verdict worstMs={p99Ms} objectiveMs={objectiveMs} />}>
      {p50Ms === null || p95Ms === null || p99Ms === null ? (
        <p className={styles.note}>No fills in the last 24 hours while a poller was at work.</p>
      ) : (
        <>
          <dl className={styles.rows}>
            {(
              [
                ['Half within', p50Ms],
                ['95 % within', p95Ms],
                ['99 % within', p99Ms],
              ] as const
            ).map(([name, ms]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <Meter share={ms / objectiveMs} tone={ms <= objectiveMs ? 'good' : 'bad'} />
                  {latencyText(ms)}
                </dd>
              </div>
            ))}
          </dl>
          <p className={styles.note}>
            {counted(fills, 'fill')} in 24 hours, from the broker’s time to the record; full bar:{' '}
            {latencyText(objectiveMs)}. At most, as the broker tells whole seconds.
          </p>
        </>
      )}
      {foundLate > 0 && (
        <p className={styles.note}>
          {counted(foundLate, 'fill')} more happened in a blind spot and {foundLate === 1 ? 'was' : 'were'} found after
          it: not counted here.
        </p>
      )}
    </Panel>
  );
}

function Verdict({ worstMs, objectiveMs }: { worstMs: number | null; objectiveMs: number }) {
  if (worstMs === null) return null;
  return worstMs <= objectiveMs ? (
    <Badge tone="good">within {latencyText(objectiveMs)}</Badge>
  ) : (
    <Badge tone="bad">slower than {latencyText(objectiveMs)}</Badge>
  );
}
