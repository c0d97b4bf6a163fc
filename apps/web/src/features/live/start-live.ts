import type { HealthEvent } from '@fill-tracker/contract';
import type { QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../lib/query-keys.ts';
import { pollerQuery } from '../poller/api/poller.ts';
import { createChangeBatcher } from './api/change-batcher.ts';
import { refreshAll, refreshOrders } from './api/refresh-queries.ts';
import { openSharedStream } from './api/shared-stream.ts';
import { healthOf, type LiveStore } from './live-store.ts';
import type { Surroundings } from './surroundings.ts';

/** How often everything on the screen is asked for while the live connection is down, ms. */
const FALLBACK_MS = 5000;

/**
 * Keeps the page's data current: by events while the live connection stands, by asking every few seconds while it
 * does not, never by both.
 *
 * @returns what ends it
 */
export function startLive(client: QueryClient, store: LiveStore, surroundings: Surroundings): () => void {
  let callOffFallback: (() => void) | null = null;
  const batcher = createChangeBatcher(surroundings, (changed) =>
    changed === 'all' ? refreshAll(client) : refreshOrders(client, changed),
  );
  const askAgain = () => {
    batcher.addAll();
    // Also when no part of the page shows the poller: this answer tells whether the rest is fresh.
    void client.prefetchQuery({ ...pollerQuery, staleTime: 0 });
    callOffFallback = surroundings.after(FALLBACK_MS, askAgain);
  };
  const stream = openSharedStream(surroundings, {
    onConnection: (connection) => {
      store.setConnection(connection);
      if (connection === 'live') {
        callOffFallback?.();
        callOffFallback = null;
      } else {
        // Each failed try comes here: the fallback must not begin anew each time. It starts at once where nothing is known.
        callOffFallback ??= surroundings.after(store.get().health === null ? 0 : FALLBACK_MS, askAgain);
      }
    },
    onHealth: (health, at) => {
      const before = store.get().health;
      store.hear(health, at);
      if (isNewCycle(before, health)) void refreshPoller(client);
      if (areAlertsOthers(before, health)) void client.invalidateQueries({ queryKey: queryKeys.alerts });
    },
    onChange: ({ orderId }) => batcher.add(orderId),
    onGap: () => batcher.addAll(),
  });
  const stopListening = hearPollerAnswers(client, store, surroundings);
  const stopWatching = surroundings.onReturn(() => stream.retryNow());
  return () => {
    callOffFallback?.();
    stopListening();
    stopWatching();
    stream.close();
  };
}

function isNewCycle(before: HealthEvent | null, health: HealthEvent): boolean {
  return before?.lastCycleAt !== health.lastCycleAt || before?.state !== health.state;
}

/** Each alert that is raised or cleared changes one of the two. */
function areAlertsOthers(before: HealthEvent | null, health: HealthEvent): boolean {
  return before?.openAlerts !== health.openAlerts || before.lastAlertId !== health.lastAlertId;
}

/** Only what is on the screen is fetched, and never while a fetch of it is under way. */
async function refreshPoller(client: QueryClient): Promise<void> {
  await Promise.all(
    [queryKeys.poller, queryKeys.cycles, queryKeys.blindSpots, queryKeys.orphans].map((queryKey) =>
      client.invalidateQueries({ queryKey }, { cancelRefetch: false }),
    ),
  );
}

/** Each answer about the poller is also a word from the server. */
function hearPollerAnswers(client: QueryClient, store: LiveStore, surroundings: Surroundings): () => void {
  return client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    if (event.query.queryKey[0] !== queryKeys.poller[0]) return;
    const answer = client.getQueryData(pollerQuery.queryKey);
    if (answer !== undefined) store.hear(healthOf(answer), surroundings.now());
  });
}
