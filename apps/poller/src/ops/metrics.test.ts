/** The table of docs/metrics.md is the program's own. `UPDATE_DOCS=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { OrderCounts } from '@fill-tracker/db';
import { expect, it } from 'vitest';
import { newLoopProgress } from '../loop/loop-progress.ts';
import type { MetricSources } from './gauges.ts';
import { createMetrics } from './metrics.ts';

const FILE = new URL('../../../../docs/metrics.md', import.meta.url);
const NOW = Date.parse('2026-01-12T15:00:00Z');

const SOURCES: MetricSources = {
  progress: () => ({ ...newLoopProgress(), consecutiveFailures: 2, next: { at: NOW + 1_500, reason: 'failing' } }),
  budget: () => ({ perMinute: 80, allowedPerMinute: 80, usedLastMinute: 54, waiting: 3, pausedUntil: NOW + 12_000 }),
  clockSkew: () => ({ aheadMs: -250, uncertaintyMs: 40 }),
  countOrders: () => Promise.resolve({ pending: 2, completed: 5, failed: 1, attention: 1 }),
  readSignIn: () => Promise.resolve({ signedInAt: NOW, refreshExpiresAt: NOW + 1_000 }),
  now: () => NOW,
};

/** Every sample of the text format, by name and labels. */
async function scrape(sources: MetricSources | null): Promise<ReadonlyMap<string, number>> {
  const metrics = createMetrics();
  if (sources !== null) metrics.observe(sources);
  const lines = (await metrics.registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const parsed = /^([a-zA-Z_:][a-zA-Z0-9_:]*(?:\{[^{}]*\})?) (\S+)$/.exec(line);
      if (parsed === null) throw new Error(`no sample: ${line}`);
      return [parsed[1] ?? '', Number(parsed[2])] as const;
    }),
  );
}

it('shows how things stand when it is asked', async () => {
  const samples = await scrape(SOURCES);
  expect(Object.fromEntries(samples)).toMatchObject({
    'fill_tracker_orders{status="pending"}': 2,
    'fill_tracker_orders{status="attention"}': 1,
    fill_tracker_next_poll_timestamp_seconds: NOW / 1_000 + 1.5,
    fill_tracker_consecutive_failed_cycles: 2,
    fill_tracker_broker_budget_requests_per_minute: 80,
    fill_tracker_broker_budget_used_requests: 54,
    fill_tracker_broker_calls_waiting: 3,
    fill_tracker_broker_pause_seconds: 12,
    fill_tracker_sign_in_expires_timestamp_seconds: NOW / 1_000 + 1,
    fill_tracker_clock_skew_seconds: -0.25,
    fill_tracker_clock_skew_uncertainty_seconds: 0.04,
    fill_tracker_lease_held: 0,
  });
  expect(samples.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
});

it('leaves out what is not known, rather than say 0', async () => {
  const failing = (): Promise<OrderCounts> => Promise.reject(new Error('the disk is gone'));
  const samples = await scrape({
    ...SOURCES,
    clockSkew: () => null,
    countOrders: failing,
    readSignIn: () => Promise.resolve(null),
  });
  const names = [...samples.keys()];
  for (const unknown of ['clock_skew', 'sign_in_expires', 'tracker_orders']) {
    expect(names.filter((name) => name.includes(unknown))).toEqual([]);
  }
  expect(samples.get('fill_tracker_broker_calls_waiting')).toBe(3);
});

it('answers before there is anything to look at', async () => {
  expect((await scrape(null)).get('fill_tracker_lease_held')).toBe(0);
});

it('counts calls that failed by kind, and names the holder of the lease', async () => {
  const { registry, events } = createMetrics();
  events.brokerCallFailed?.({ operation: 'list-orders', kind: 'timeout', message: '', correlationId: null });
  events.leaseTaken?.({ owner: 'here:1:2', fencing: 7, at: NOW });
  const text = await registry.metrics();
  expect(text).toContain('fill_tracker_broker_calls_failed_total{operation="list-orders",kind="timeout"} 1');
  expect(text).toContain('fill_tracker_lease_fencing_number 7');
  expect(text).not.toContain('here:1:2');
});

it('is documented, each name', async () => {
  const metrics = await createMetrics().registry.getMetricsAsJSON();
  const own = metrics.filter(({ name }) => name.startsWith('fill_tracker_'));
  const table = ['| name | kind | meaning |', '| --- | --- | --- |']
    .concat(own.map(({ name, type, help }) => `| \`${name}\` | ${String(type)} | ${help} |`))
    .join('\n');
  const document = readFileSync(FILE, 'utf8');
  const expected = document.replace(
    /<!-- poller -->[^]*<!-- \/poller -->/,
    `<!-- poller -->\n\n${table}\n\n<!-- /poller -->`,
  );
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(FILE, expected);
  else expect(document).toBe(expected);
});
