import { SECOND } from '@fill-tracker/domain';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from '../app.ts';

export interface ApiMetrics {
  readonly registry: Registry;
  readonly commandQueued: (kind: string) => void;
  readonly streamsOpen: (count: number) => void;
}

/** Counts requests under Prometheus names. The label is the route's pattern, never an address with ids in it. */
export function countRequests(app: App): ApiMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'fill_tracker_api_request_duration_seconds',
    help: 'From the request to the end of its answer; streams left out.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers,
  });
  const commands = new Counter({
    name: 'fill_tracker_api_commands_total',
    help: 'Commands queued for the poller.',
    labelNames: ['kind'],
    registers,
  });
  const streams = new Gauge({
    name: 'fill_tracker_api_event_streams',
    help: 'Event streams that are open now.',
    registers,
  });
  app.addHook('onResponse', async (request, reply) => {
    const { url = 'none', config } = request.routeOptions;
    if (config.isStream === true) return;
    const labels = { method: request.method, route: url, status: String(reply.statusCode) };
    seconds.observe(labels, reply.elapsedTime / SECOND);
  });
  return {
    registry,
    commandQueued: (kind) => commands.inc({ kind }),
    streamsOpen: (count) => streams.set(count),
  };
}
