import { isWithinSpot, SECOND } from '@fill-tracker/domain';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PollerEvents } from '../events.ts';

/** Counts events under Prometheus names. Labels are few and bounded: no order, symbol or account. */
export function createMetrics(): { registry: Registry; events: Partial<PollerEvents> } {
  const registry = new Registry();
  const registers = [registry];
  const cycles = new Counter({
    name: 'fill_tracker_poll_cycles_total',
    help: 'Poll cycles by how they ended.',
    labelNames: ['outcome'],
    registers,
  });
  const cycleSeconds = new Histogram({
    name: 'fill_tracker_poll_cycle_duration_seconds',
    help: 'From the start of a cycle to its commit.',
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const requests = new Counter({
    name: 'fill_tracker_broker_requests_total',
    help: 'Calls sent to the broker, retries included.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const latency = new Histogram({
    name: 'fill_tracker_fill_detection_seconds',
    help: 'From the time the broker gives a fill to its commit. An upper bound: broker times are whole seconds.',
    buckets: [0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300, 3_600],
    registers,
  });
  const fills = new Counter({ name: 'fill_tracker_fills_recorded_total', help: 'Fills recorded.', registers });
  const trouble = new Counter({
    name: 'fill_tracker_trouble_total',
    help: 'Orders that could not be read or recorded, sign-ins that ended, and failures of the loop.',
    labelNames: ['kind'],
    registers,
  });
  const lease = new Gauge({ name: 'fill_tracker_lease_held', help: '1 while this poller is at work.', registers });
  const lastCycle = new Gauge({
    name: 'fill_tracker_last_complete_cycle_timestamp_seconds',
    help: 'When the last complete cycle ended, Unix time.',
    registers,
  });
  const blindSpots = new Counter({
    name: 'fill_tracker_blind_spots_total',
    help: 'Intervals in which the tracker could not see, by cause; counted when they are over.',
    labelNames: ['cause'],
    registers,
  });
  const blindSeconds = new Counter({
    name: 'fill_tracker_blind_seconds_total',
    help: 'Time in which the tracker could not see, by cause; counted when it is over.',
    labelNames: ['cause'],
    registers,
  });
  const isBlind = new Gauge({
    name: 'fill_tracker_blind',
    help: '1 while the tracker knows that it cannot see.',
    registers,
  });
  isBlind.set(0);
  const alerts = new Counter({
    name: 'fill_tracker_alerts_total',
    help: 'Alerts raised and cleared by this poller, by cause.',
    labelNames: ['cause', 'change'],
    registers,
  });
  const messages = new Counter({
    name: 'fill_tracker_webhook_messages_total',
    help: 'Tries to hand a message to the webhook, by kind and what came of it.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const pings = new Counter({
    name: 'fill_tracker_deadman_pings_total',
    help: 'Calls to the monitor that all is well, by whether it took them.',
    labelNames: ['outcome'],
    registers,
  });
  lease.set(0);
  let watchingSince = Infinity;
  return {
    registry,
    events: {
      leaseTaken: ({ at }) => {
        lease.set(1);
        watchingSince = at;
      },
      leaseLost: () => lease.set(0),
      cycleEnded: ({ summary: { outcome, startedAt, finishedAt } }) => {
        cycles.inc({ outcome });
        cycleSeconds.observe((finishedAt - startedAt) / SECOND);
        if (outcome === 'complete') lastCycle.set(finishedAt / SECOND);
      },
      brokerAttempted: ({ operation, outcome }) => requests.inc({ operation, outcome }),
      orderChanged: ({ newFills, committedAt, blindSpot }) => {
        fills.inc(newFills.length);
        for (const { occurredAt } of newFills) {
          if (occurredAt === null || (blindSpot !== null && isWithinSpot(occurredAt, blindSpot))) continue;
          // What filled while nobody watched says nothing about how fast this poller is.
          if (occurredAt >= watchingSince) latency.observe(Math.max(0, committedAt - occurredAt) / SECOND);
        }
      },
      orderRefused: () => trouble.inc({ kind: 'order-refused' }),
      orderUnreadable: () => trouble.inc({ kind: 'order-unreadable' }),
      signInNeeded: () => trouble.inc({ kind: 'sign-in-needed' }),
      loopFailed: () => trouble.inc({ kind: 'loop-failed' }),
      loopHung: () => trouble.inc({ kind: 'loop-hung' }),
      streakBegan: () => trouble.inc({ kind: 'looks-fail' }),
      blindSpotBegan: () => isBlind.set(1),
      blindSpotEnded: ({ beganAt, endedAt, cause }) => {
        isBlind.set(0);
        blindSpots.inc({ cause });
        blindSeconds.inc({ cause }, (endedAt - beganAt) / SECOND);
      },
      alertRaised: ({ cause }) => alerts.inc({ cause, change: 'raised' }),
      alertCleared: ({ cause }) => alerts.inc({ cause, change: 'cleared' }),
      noticeDelivered: ({ kind }) => messages.inc({ kind, outcome: 'delivered' }),
      noticeFailed: ({ kind }) => messages.inc({ kind, outcome: 'failed' }),
      noticeGivenUp: ({ kind }) => messages.inc({ kind, outcome: 'given-up' }),
      pingFailed: () => pings.inc({ outcome: 'failed' }),
      pingTaken: () => pings.inc({ outcome: 'taken' }),
    },
  };
}
