import type { HealthEvent, PollerState } from '@fill-tracker/contract';
import type { ReactNode } from 'react';
import { exactMoment, roughDuration } from '../../../lib/time-text.ts';
import { staleScope } from '../freshness.ts';
import { useFreshness, useLive, useServerNow } from '../live-context.tsx';
import styles from './status-item.module.css';
import { StatusItem } from './status-item.tsx';

const STATES = {
  running: { word: 'Poller running', tone: 'good' },
  stuck: { word: 'Poller hangs', tone: 'bad' },
  stopped: { word: 'Poller stopped', tone: 'bad' },
  'never-started': { word: 'Poller never ran', tone: 'warn' },
} as const satisfies Record<PollerState, { word: string; tone: 'good' | 'warn' | 'bad' }>;

/** Whether the thing that watches is itself alive. */
export function PollerStatus() {
  const { health } = useLive();
  const freshness = useFreshness();
  const now = useServerNow();
  if (health === null) return null;
  // A state that the server told long ago must not look like the state now.
  if (staleScope(freshness) === 'all') {
    return (
      <StatusItem label="Poller" tone="neutral">
        Poller unknown
      </StatusItem>
    );
  }
  const { word, tone } = STATES[health.state];
  const hasTrouble = health.state === 'running' && (health.lastCycleOutcome ?? 'complete') !== 'complete';
  const { lastCycleAt } = health;
  return (
    <StatusItem
      label="Poller"
      tone={hasTrouble ? 'warn' : tone}
      {...(lastCycleAt === null ? {} : { title: exactMoment(lastCycleAt), more: lastCycle(health, lastCycleAt, now) })}
    >
      {word}
    </StatusItem>
  );
}

function lastCycle({ lastCycleOutcome }: HealthEvent, lastCycleAt: string, now: number): ReactNode {
  const hasTrouble = lastCycleOutcome === 'failed' || lastCycleOutcome === 'partial';
  return (
    <>
      <span className={styles.optional}>last cycle </span>
      {hasTrouble && `${lastCycleOutcome} `}
      {roughDuration(now - Date.parse(lastCycleAt))} ago
    </>
  );
}
