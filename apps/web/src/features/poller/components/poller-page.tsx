import type { PollerHealth } from '@fill-tracker/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Message } from '../../../components/ui/message.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useTitle } from '../../../lib/use-title.ts';
import { RefreshTrouble } from '../../live/components/refresh-trouble.tsx';
import { blindSpotsQuery, cyclesQuery, pollerQuery } from '../api/poller.ts';
import { Alerts } from './alerts.tsx';
import { BlindSpots } from './blind-spots.tsx';
import { CallBudget } from './call-budget.tsx';
import { CycleHistory } from './cycle-history.tsx';
import { DetectionSpeed } from './detection-speed.tsx';
import { ErrorStreak } from './error-streak.tsx';
import { Orphans } from './orphans.tsx';
import styles from './poller-page.module.css';
import { PollerState } from './poller-state.tsx';
import { SignIn } from './sign-in.tsx';

/** Whether the thing that watches is alive, how well it sees, and what it costs. */
export function PollerPage() {
  const poller = useQuery(pollerQuery);
  const cycles = useQuery(cyclesQuery);
  const blindSpots = useQuery(blindSpotsQuery);
  useTitle('Poller');
  return (
    <div className={styles.page}>
      <h1>Poller</h1>
      <Alerts />
      <RefreshTrouble what="The poller’s figures" query={poller} />
      {poller.data === undefined ? placeholder(poller.error, () => void poller.refetch()) : parts(poller.data)}
      <RefreshTrouble what="The blind spots" query={blindSpots} />
      {poller.data !== undefined && blindSpots.data !== undefined && (
        <BlindSpots poller={poller.data} spots={blindSpots.data} />
      )}
      {blindSpots.isError && blindSpots.data === undefined && (
        <Message title="The blind spots could not be loaded" tone="bad">
          {blindSpots.error.message}
        </Message>
      )}
      <Orphans />
      <RefreshTrouble what="The cycles" query={cycles} />
      {cycles.data !== undefined && <CycleHistory cycles={cycles.data} />}
      {cycles.isError && cycles.data === undefined && (
        <Message title="The history of cycles could not be loaded" tone="bad">
          {cycles.error.message}
        </Message>
      )}
    </div>
  );
}

function parts(poller: PollerHealth): ReactNode {
  return (
    <>
      <PollerState poller={poller} />
      <SignIn poller={poller} />
      {poller.errorStreak !== null && <ErrorStreak streak={poller.errorStreak} />}
      <div className={styles.pair}>
        <DetectionSpeed latency={poller.detectionLatency} objectiveMs={poller.detectionObjectiveMs} />
        <CallBudget requests={poller.requests} load={poller.load} />
      </div>
    </>
  );
}

function placeholder(error: Error | null, onRetry: () => void): ReactNode {
  if (error === null) return <Skeleton lines={8} label="Loading the poller" />;
  return (
    <Message
      title="The poller's state could not be loaded"
      tone="bad"
      actions={
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      }
    >
      {error.message}
    </Message>
  );
}
