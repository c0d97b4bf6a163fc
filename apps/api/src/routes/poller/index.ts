import { pollerHealth } from '@fill-tracker/contract';
import type { FillDatabase } from '@fill-tracker/db';
import { HOUR } from '@fill-tracker/domain';
import type { App, Context } from '../../app.ts';
import { type PollerFacts, presentPoller } from './present-poller.ts';

/** Over how long detection is measured. */
export const LATENCY_WINDOW_MS = 24 * HOUR;

export function pollerRoutes(app: App, { record, clock, config }: Context): void {
  app.get(
    '/api/poller',
    { schema: { summary: 'Is it alive, what does it see, how fast is it', response: { 200: pollerHealth } } },
    async () => {
      const db = record();
      const now = clock.now();
      const [facts, cycles, errorStreak, latencies, foundLate, blindness, signIn, { pending }] = await Promise.all([
        readPollerFacts(db),
        db.cyclesEndedAfter(now - HOUR),
        db.errorStreak(),
        db.detectionLatenciesSince(now - LATENCY_WINDOW_MS),
        db.countLateFillsSince(now - LATENCY_WINDOW_MS),
        db.summariseBlindSpots(now),
        db.readSignIn(),
        db.countOrders(),
      ]);
      const history = { cycles, errorStreak, latencies, foundLate, blindness, signIn, workingOrders: pending };
      return presentPoller(facts, history, config, now);
    },
  );
}

export async function readPollerFacts(db: FillDatabase): Promise<PollerFacts> {
  const [lease, [lastCycle], lastCompleteAt, alerts] = await Promise.all([
    db.readLease(),
    db.lastCycles(1),
    db.lastCompleteCycleAt(),
    db.readAlertMark(),
  ]);
  return { lease, lastCycle: lastCycle ?? null, lastCompleteAt, alerts };
}
