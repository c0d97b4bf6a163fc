import { summary } from '@fill-tracker/contract';
import { summariseLatencies } from '@fill-tracker/db';
import { tradingDateAt } from '@fill-tracker/domain';
import type { App, Context } from '../../app.ts';
import { tradingDay } from '../../trading-day.ts';
import { LATENCY_WINDOW_MS } from '../poller/index.ts';

export function summaryRoutes(app: App, { record, clock, config }: Context): void {
  app.get(
    '/api/summary',
    {
      schema: {
        summary: 'How many orders there are of each kind, and what needs a person',
        response: { 200: summary },
      },
    },
    async () => {
      const db = record();
      const now = clock.now();
      const date = tradingDateAt(now);
      const { from, before } = tradingDay(date);
      // First: a change that comes while the rest is read is told again by the event stream, rather than not at all.
      const lastSeq = await db.lastAuditSeq();
      const [counts, filledToday, latencies, foundLate, attention, alerts] = await Promise.all([
        db.countOrders(),
        db.countFilledBetween(from, before),
        db.detectionLatenciesSince(now - LATENCY_WINDOW_MS),
        db.countLateFillsSince(now - LATENCY_WINDOW_MS),
        db.countFlags(),
        db.readAlertMark(),
      ]);
      return {
        now: new Date(now).toISOString(),
        demo: config.isDemo,
        counts: { ...counts, all: counts.pending + counts.completed + counts.failed },
        filledToday: { date, orders: filledToday },
        detectionLatency: summariseLatencies(latencies, foundLate),
        openAlerts: alerts.open,
        attention: attention.map(({ flag, orders }) => ({ flag, orders })),
        lastSeq,
      };
    },
  );
}
