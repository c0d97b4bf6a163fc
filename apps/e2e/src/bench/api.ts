/**
 * Does polling slow the API down? Simulator, poller and API as real programs, with many pending orders; the first page
 * of them is asked for while the poller polls every second and while it is stopped, in turns, in the same run. While
 * it polls, an order fills every second, so that its cycles write.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { summary } from '@fill-tracker/contract';
import { z } from 'zod';
import { fetchJson } from '../stack/fetch-json.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import type { Bench, BenchOptions, BenchResult } from './bench.ts';
import { textTable } from './measurement.ts';
import { loopbackAddresses, type RequestLoop, requestLoop } from './request-loop.ts';
import { percentile, rounded } from './statistics.ts';

const ROUNDS = 4;
const SLICE_MS = 4_000;
const CONNECTIONS = [1, 8] as const;
const PATH = '/api/orders?status=pending&limit=50';
const EVERY_SECOND = {
  POLL_INTERVAL_SECONDS: '1',
  POLL_FAST_INTERVAL_SECONDS: '1',
  POLL_REQUESTS_PER_MINUTE: '120',
} as const;

const requestLog = z.object({ requests: z.array(z.object({ method: z.string(), path: z.string() })) });

type Poller = 'polling' | 'stopped';

interface Slice {
  readonly poller: Poller;
  readonly connections: number;
  readonly times: readonly number[];
  readonly polls: number;
}

export const API_BENCH: Bench = {
  orders: 500,
  run: benchApi,
};

async function benchApi({ orders, progress }: BenchOptions): Promise<BenchResult> {
  await using stack = await startStack({ environment: EVERY_SECOND });
  progress(`entering ${orders} orders that stay pending`);
  await enterOrders(stack, orders);
  const nextAddress = loopbackAddresses();
  const loop = { url: `${stack.urls.api}${PATH}`, nextAddress };
  await requestLoop({ ...loop, connections: 1, durationMs: 1_000 });
  const slices: Slice[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const poller of ['polling', 'stopped'] as const) {
      if (poller === 'stopped') await stack.poller.stop();
      progress(`round ${round} of ${ROUNDS}, poller ${poller}`);
      for (const connections of CONNECTIONS) {
        slices.push(await measureSlice(stack, poller, { ...loop, connections, durationMs: SLICE_MS }));
      }
      if (poller === 'stopped') await stack.poller.start();
    }
  }
  const rows = CONNECTIONS.flatMap((connections) =>
    (['polling', 'stopped'] as const).map((poller) => summed(slices, poller, connections)),
  );
  return {
    json: { path: PATH, pendingOrders: orders, rounds: ROUNDS, sliceMs: SLICE_MS, rows },
    text: text(orders, rows),
  };
}

async function enterOrders(stack: Stack, orders: number): Promise<void> {
  const names = ['GME', 'AMD', 'NVDA', 'TSLA', 'SPY'];
  for (let i = 0; i < orders; i += 1) {
    await stack.broker.script({
      symbol: names[i % names.length] ?? 'GME',
      instruction: 'BUY',
      orderType: 'LIMIT',
      quantity: '100',
      limitPrice: `${10 + (i % 90)}.25`,
    });
  }
  for (;;) {
    const { counts } = summary.parse(await stack.ask('/api/summary'));
    if (counts.pending >= orders) return;
    await wait(200);
  }
}

async function measureSlice(stack: Stack, poller: Poller, loop: RequestLoop): Promise<Slice> {
  const done = new AbortController();
  const trade = poller === 'polling' ? fillEverySecond(stack, done.signal) : Promise.resolve();
  const before = await pollsOf(stack);
  const times = await requestLoop(loop);
  const polls = (await pollsOf(stack)) - before;
  done.abort();
  await trade;
  return { poller, connections: loop.connections, times, polls };
}

/** An order a second that fills at once. */
async function fillEverySecond(stack: Stack, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await stack.broker.script({
      symbol: 'QQQ',
      instruction: 'BUY',
      orderType: 'MARKET',
      quantity: '10',
      fills: [{ afterMs: 100, quantity: '10', price: '568.0325' }],
    });
    await wait(1_000, undefined, { signal }).catch(() => undefined);
  }
}

/** How often the poller has asked for the list of orders. */
async function pollsOf(stack: Stack): Promise<number> {
  const { requests } = requestLog.parse(await fetchJson(`${stack.urls.simulator}/simulator/requests`));
  return requests.filter(({ method, path }) => method === 'GET' && /\/orders(\?|$)/.test(path)).length;
}

interface Row {
  readonly connections: number;
  readonly poller: Poller;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly pollsPerSecond: number;
  /** ms */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

function summed(slices: readonly Slice[], poller: Poller, connections: number): Row {
  const chosen = slices.filter((slice) => slice.poller === poller && slice.connections === connections);
  const times = chosen.flatMap((slice) => slice.times);
  const seconds = (chosen.length * SLICE_MS) / 1_000;
  const at = (share: number): number => rounded(percentile(times, share));
  return {
    connections,
    poller,
    requests: times.length,
    requestsPerSecond: rounded(times.length / seconds),
    pollsPerSecond: rounded(chosen.reduce((sum, { polls }) => sum + polls, 0) / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
  };
}

function text(orders: number, rows: readonly Row[]): string {
  const head = ['connections, poller', 'p50', 'p95', 'p99', 'slowest', 'requests/s', 'polls/s', ''];
  const lines = rows.map((row) => [
    `${row.connections}, ${row.poller}`,
    ...[row.p50, row.p95, row.p99, row.max].map((ms) => `${ms} ms`),
    String(row.requestsPerSecond),
    String(row.pollsPerSecond),
    '',
  ]);
  return `GET ${PATH} with ${orders} pending orders, ${ROUNDS} rounds in turns\n${textTable(head, lines)}`;
}
