import { isWithinSpot, SECOND } from '@fill-tracker/domain';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PollerEvents } from '../events.ts';
import { type MetricSources, registerGauges } from './gauges.ts';
import { PROGRAM_VERSION } from './program-version.ts';

export interface PollerMetrics {
  readonly registry: Registry;
  readonly events: Partial<PollerEvents>;
  /** From now on the gauges show how these stand. */
  readonly observe: (sources: MetricSources) => void;
}

/**
 * Counts events under Prometheus names; docs/metrics.md lists them all. Labels are few and bounded: no order, symbol or
 * account. The process itself (memory, CPU, event-loop lag) has prom-client's own names, as in every Node program.
 */
export function createMetrics(): PollerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
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
  const callsFailed = new Counter({
    name: 'fill_tracker_broker_calls_failed_total',
    help: 'Calls to the broker that failed after all their retries, by kind of failure.',
    labelNames: ['operation', 'kind'],
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
  const leaseNumber = new Gauge({
    name: 'fill_tracker_lease_fencing_number',
    help: 'The number of the lease that this poller holds or held last; it grows with each new holder.',
    registers,
  });
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
  const build = new Gauge({
    name: 'fill_tracker_build_info',
    help: 'Always 1; the labels say which version runs on which Node.',
    labelNames: ['version', 'node'],
    registers,
  });
  build.set({ version: PROGRAM_VERSION, node: process.versions.node }, 1);
  lease.set(0);
  let watchingSince = Infinity;
  let sources: MetricSources | null = null;
  registerGauges(registry, () => sources);
  return {
    registry,
    observe: (found) => {
      sources = found;
    },
    events: {
      leaseTaken: ({ at, fencing }) => {
        lease.set(1);
        leaseNumber.set(fencing);
        watchingSince = at;
      },
      leaseLost: () => lease.set(0),
      cycleEnded: ({ summary: { outcome, startedAt, finishedAt } }) => {
        cycles.inc({ outcome });
        cycleSeconds.observe((finishedAt - startedAt) / SECOND);
        if (outcome === 'complete') lastCycle.set(finishedAt / SECOND);
      },
      brokerAttempted: ({ operation, outcome }) => requests.inc({ operation, outcome }),
      brokerCallFailed: ({ operation, kind }) => callsFailed.inc({ operation, kind }),
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
      valueUnreadable: () => trouble.inc({ kind: 'value-unreadable' }),
      noteRefused: () => trouble.inc({ kind: 'note-refused' }),
      signInNeeded: () => trouble.inc({ kind: 'sign-in-needed' }),
      loopFailed: () => trouble.inc({ kind: 'loop-failed' }),
      loopHung: () => trouble.inc({ kind: 'loop-hung' }),
      streakBegan: () => trouble.inc({ kind: 'cycles-fail' }),
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
