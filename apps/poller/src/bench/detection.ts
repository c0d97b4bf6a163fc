/**
 * How long after the broker's fill is it in the record? A real poller process, a simulated broker over HTTP, a number
 * of orders that fill one after another; the broker's own milliseconds against the commit's. Beside it, in the same
 * run and against orders of its own, the usual loop that asks order by order.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@fill-tracker/db';
import { createSchwabClient, type StoredToken, systemClock } from '@fill-tracker/schwab-client';
import { DEMO_CREDENTIALS, type RunningSimulator, startSimulator } from '@fill-tracker/schwab-simulator';
import { percentiles } from './percentiles.ts';
import { runPerOrderLoop } from './per-order-loop.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** The baseline is given this long after the last fill; what it has not seen by then counts as seen then. */
const BASELINE_PATIENCE_MS = 90_000;

export interface DetectionOptions {
  readonly orders: number;
  readonly spreadSeconds: number;
  readonly progress: (text: string) => void;
}

/** Percentiles in ms from broker fill to commit, and what they cost. */
type Detection = ReturnType<typeof percentiles> & { readonly callsPerMinute: number };

export interface DetectionBench {
  readonly orders: number;
  readonly spreadSeconds: number;
  readonly unit: string;
  readonly tracker: Detection;
  readonly baseline: Detection;
  readonly ratioP95: number;
}

export async function benchDetection(options: DetectionOptions): Promise<DetectionBench> {
  const { orders, spreadSeconds, progress } = options;
  const folder = await mkdtemp(join(tmpdir(), 'fill-tracker-bench-'));
  const [tracked, baseline] = await Promise.all([startSimulator({ port: 0 }), startSimulator({ port: 0 })]);
  const file = join(folder, 'bench.db');
  const poller = startPoller(tracked.port, file);
  try {
    await firstCall(tracked);
    progress(
      `${orders} orders fill within ${spreadSeconds} s; the baseline then has ${BASELINE_PATIENCE_MS / 1000} s more`,
    );
    const startedAt = Date.now();
    const seed = 7;
    await trackAll(file, scriptFills(tracked, orders, spreadSeconds, seed));
    scriptFills(baseline, orders, spreadSeconds, seed);
    const baselineRun = measureBaseline(baseline, spreadSeconds * 1000 + BASELINE_PATIENCE_MS);
    const latencies = await measureTracked(tracked, file, orders, progress);
    const minutes = (Date.now() - startedAt) / 60_000;
    const calls = tracked.requests().filter(({ time }) => Date.parse(time) >= startedAt).length;
    const ours = { ...percentiles(latencies), callsPerMinute: Math.round(calls / minutes) };
    progress('tracker measured; waiting for the baseline');
    const usual = await baselineRun;
    return {
      orders,
      spreadSeconds,
      unit: 'ms from broker fill to commit',
      tracker: ours,
      baseline: usual,
      ratioP95: Math.round((usual.p95 / ours.p95) * 10) / 10,
    };
  } finally {
    poller.kill('SIGTERM');
    await new Promise((resolve) => poller.once('exit', resolve));
    await Promise.all([tracked.close(), baseline.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

function startPoller(simulatorPort: number, file: string): ChildProcess {
  const env = {
    ...process.env,
    DEMO: '1',
    DATABASE_URL: `file:${file}`,
    SIMULATOR_PORT: String(simulatorPort),
    POLLER_PORT: String(20_000 + (process.pid % 20_000)),
    LOG_LEVEL: 'warn',
  };
  return spawn(process.execPath, [PROGRAM, 'run'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The poller is at work, and knows the account, once it has asked for the list. */
async function firstCall(simulator: RunningSimulator): Promise<void> {
  while (!simulator.requests().some(({ path, status }) => path.endsWith('/orders') && status === 200)) {
    await systemClock.sleep(50);
  }
}

/** A bot that has just placed its orders hands their ids over. */
export async function trackAll(file: string, brokerOrderIds: readonly string[]): Promise<void> {
  const broker = { baseUrl: 'simulator', mode: 'demo' } as const;
  const db = await openDatabase({ file, broker, now: () => Date.now() });
  try {
    const [account] = await db.listAccounts();
    for (const brokerOrderId of brokerOrderIds) {
      const accountId = account?.id ?? null;
      const requestedAt = Date.now();
      await db.enqueueCommand({
        kind: 'TRACK',
        accountId,
        brokerOrderId,
        orderId: null,
        requestedBy: 'bench',
        requestedAt,
      });
    }
  } finally {
    await db.close();
  }
}

/** @returns the broker's ids */
function scriptFills(
  simulator: RunningSimulator,
  orders: number,
  spreadSeconds: number,
  seed: number,
): readonly string[] {
  const slice = (spreadSeconds * 1000) / orders;
  return Array.from({ length: orders }, (_, i) => {
    // A fixed share of each slice that no polling rhythm lines up with.
    const afterMs = Math.floor(slice * (i + (((i + seed) * 0.618_034) % 1)));
    const price = `${100 + i}.${String(1000 + i * 7)}`;
    const { brokerOrderId } = simulator.script({
      symbol: 'GME',
      instruction: 'BUY',
      quantity: '10',
      orderType: 'MARKET',
      fills: [{ afterMs, quantity: '10', price }],
    });
    return brokerOrderId;
  });
}

async function measureTracked(
  simulator: RunningSimulator,
  file: string,
  orders: number,
  progress: (text: string) => void,
): Promise<readonly number[]> {
  const db = await openDatabase({ file, broker: null, now: () => Date.now() });
  try {
    for (;;) {
      const filled = await db.findOrders({ status: 'COMPLETED', limit: orders });
      progress(`${filled.length} of ${orders} recorded`);
      if (filled.length === orders) {
        const filledAt = brokerTimes(simulator);
        return filled.map(({ known, firstFillCommittedAt }) => {
          return (firstFillCommittedAt ?? Number.NaN) - (filledAt.get(known.brokerOrderId) ?? Number.NaN);
        });
      }
      await systemClock.sleep(1_000);
    }
  } finally {
    await db.close();
  }
}

/** When the broker filled each order, in its own milliseconds. */
function brokerTimes(simulator: RunningSimulator): ReadonlyMap<string, number> {
  return new Map(
    simulator
      .truth()
      .orders.map(({ brokerOrderId, fills: [fill] }) => [brokerOrderId, Date.parse(fill?.occurredAt ?? '')]),
  );
}

async function measureBaseline(simulator: RunningSimulator, limitMs: number): Promise<Detection> {
  const startedAt = Date.now();
  let token: StoredToken | null = {
    accessToken: '',
    accessTokenExpiresAt: 0,
    refreshToken: DEMO_CREDENTIALS.refreshToken,
    refreshTokenExpiresAt: startedAt + limitMs * 2,
    signedInAt: startedAt,
  };
  const client = createSchwabClient({
    baseUrl: simulator.url,
    credentials: DEMO_CREDENTIALS,
    tokens: { load: () => Promise.resolve(token), save: (next) => Promise.resolve(void (token = next)) },
    clock: systemClock,
    random: Math.random,
    requestsPerMinute: 80,
  });
  const orderIds = simulator.truth().orders.map(({ brokerOrderId }) => brokerOrderId);
  const loop = { client, clock: systemClock, random: Math.random, orderIds };
  const seenAt = await runPerOrderLoop(loop, AbortSignal.timeout(limitMs));
  const filledAt = brokerTimes(simulator);
  const endedAt = Date.now();
  const latencies = orderIds.map((id) => (seenAt.get(id) ?? endedAt) - (filledAt.get(id) ?? endedAt));
  const calls = simulator.requests().length;
  return { ...percentiles(latencies), callsPerMinute: Math.round(calls / ((endedAt - startedAt) / 60_000)) };
}
