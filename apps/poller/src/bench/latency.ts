/**
 * How long after the broker's fill is it in the record, for 10, 200 and 1,000 working orders: young ones, which are
 * placed within half a minute and fill within a minute of that, and ones that have rested for an hour. A real poller
 * process at its usual rhythm in real time, a simulated broker over HTTP; the broker's own milliseconds against the
 * commit's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@fill-tracker/db';
import { HOUR, MINUTE, SECOND } from '@fill-tracker/domain';
import { systemClock } from '@fill-tracker/schwab-client';
import { type RunningSimulator, startSimulator } from '@fill-tracker/schwab-simulator';
import { mostWithin } from '../endurance/most-within.ts';
import { table } from '../endurance/table.ts';
import { benchDetection, trackAll } from './detection.ts';
import { percentiles } from './percentiles.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** As configured when nothing is said. */
const BUDGET_PER_MINUTE = 80;
const SIZES: readonly number[] = [10, 200, 1_000];
/** Orders of the baseline, which asks order by order: it would need hours for hundreds. */
const BASELINE_ORDERS = 20;

type Kind = 'young' | 'resting';
const KINDS: readonly Kind[] = ['young', 'resting'];

/** What is aimed at: p95 from fill to record, ms. */
const TARGETS_P95_MS: Readonly<Record<Kind, number>> = { young: 2 * SECOND, resting: 6.5 * SECOND };
/** Young orders are placed one after another; thousands at one instant are beyond any broker's limits. */
const PLACED_WITHIN_MS = MINUTE / 2;
const RESTED_MS = HOUR;
/** Orders that rest have been known for long: the poller is given the time to take them in. */
const LEAD_IN_MS = 15 * SECOND;

/** Each fills within so long of being placed, or of the lead-in. */
const FILL_WITHIN_MS = MINUTE;
/** What is not in the record by then counts as never. */
const PATIENCE_MS = MINUTE;

export interface LatencyOptions {
  readonly sizes?: readonly number[];
  readonly progress: (text: string) => void;
}

export interface LatencyRow {
  readonly kind: Kind;
  readonly orders: number;
  /** ms from the broker's fill to the commit. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly missed: number;
  readonly requestsPerMinute: number;
  /** The most in any 60 s. */
  readonly busiestMinute: number;
  /** CPU seconds of the poller's process per minute; null where the system does not tell. */
  readonly cpuSecondsPerMinute: number | null;
  readonly meetsTarget: boolean;
  readonly keepsBudget: boolean;
}

export async function benchLatency({ sizes = SIZES, progress }: LatencyOptions): Promise<unknown> {
  const rows: LatencyRow[] = [];
  for (const kind of KINDS) {
    for (const orders of sizes) {
      progress(`${orders} ${kind} orders fill within a minute`);
      rows.push(await measure(kind, orders));
    }
  }
  progress(`${BASELINE_ORDERS} orders, beside asking order by order (3 min)`);
  const { baseline } = await benchDetection({ orders: BASELINE_ORDERS, spreadSeconds: 60, progress: () => undefined });
  const verdicts = [...rows.flatMap(verdictsOn), ...KINDS.flatMap((kind) => verdictOnCalls(kind, rows))];
  for (const line of [...table(HEAD, rows.map(cellsOf)), ...verdicts]) progress(line);
  progress(`asking ${BASELINE_ORDERS} orders one by one: ${JSON.stringify(baseline)}`);
  return { unit: 'ms from broker fill to commit', budgetPerMinute: BUDGET_PER_MINUTE, rows, verdicts, baseline };
}

const HEAD = ['orders', 'p50 (ms)', 'p95', 'p99', 'max', 'missed', 'requests a minute', 'busiest', 'CPU s a minute'];

function cellsOf(row: LatencyRow): readonly (string | number)[] {
  const { p50, p95, p99, max, missed, requestsPerMinute, busiestMinute, cpuSecondsPerMinute } = row;
  return [nameOf(row), p50, p95, p99, max, missed, requestsPerMinute, busiestMinute, cpuSecondsPerMinute ?? '?'];
}

function nameOf({ orders, kind }: LatencyRow): string {
  return `${orders} ${kind}`;
}

function verdictsOn(row: LatencyRow): readonly string[] {
  const target = TARGETS_P95_MS[row.kind];
  return [
    `${row.meetsTarget ? 'met' : 'NOT MET'}: ${nameOf(row)}: p95 below ${target} ms and none missed (${row.p95}, ${row.missed})`,
    `${row.keepsBudget ? 'met' : 'NOT MET'}: ${nameOf(row)}: at most ${BUDGET_PER_MINUTE} requests in any minute (${row.busiestMinute})`,
  ];
}

/** The list call shows all orders at once, so their number must not show in the number of calls. */
function verdictOnCalls(kind: Kind, rows: readonly LatencyRow[]): readonly string[] {
  const calls = rows.filter((row) => row.kind === kind).map((row) => row.requestsPerMinute);
  const [least, most] = [Math.min(...calls), Math.max(...calls)];
  if (calls.length < 2) return [];
  const areAlike = most - least <= Math.max(ALIKE_WITHIN, least * 0.1);
  return [
    `${areAlike ? 'met' : 'NOT MET'}: ${kind}: as many requests a minute at any number of orders (${calls.join(', ')})`,
  ];
}

/** Requests a minute: where the minute begins and ends changes the count by a few. */
const ALIKE_WITHIN = 4;

async function measure(kind: Kind, orders: number): Promise<LatencyRow> {
  const folder = await mkdtemp(join(tmpdir(), 'fill-tracker-bench-'));
  const simulator = await startSimulator({ port: 0 });
  const file = join(folder, 'bench.db');
  const poller = startPoller(simulator.port, file);
  try {
    await until(() => Promise.resolve(hasAnsweredList(simulator)));
    const ids = scripted(orders, kind).map((order) => simulator.script(order).brokerOrderId);
    // A bot hands over what it placed, which wakes the poller; one id does, for the list brings the rest.
    if (kind === 'young') await trackAll(file, ids.slice(0, 1));
    else await systemClock.sleep(LEAD_IN_MS);
    const db = await openDatabase({ file, broker: null, now: Date.now });
    try {
      const [startedAt, cpuBefore] = [Date.now(), await cpuSeconds(poller)];
      const isOver = async (): Promise<boolean> => (await db.countOrders()).completed === orders;
      await until(isOver, PLACED_WITHIN_MS + FILL_WITHIN_MS + PATIENCE_MS);
      const minutes = (Date.now() - startedAt) / MINUTE;
      const cpu = await cpuSeconds(poller);
      const latencies = await latenciesOf(db, simulator, orders);
      const calls = simulator.requests().map(({ time }) => Date.parse(time));
      return rowOf(kind, orders, {
        latencies,
        requestsPerMinute: Math.round(calls.filter((at) => at >= startedAt).length / minutes),
        busiestMinute: mostWithin(calls, MINUTE),
        cpuSecondsPerMinute:
          cpu === null || cpuBefore === null ? null : Math.round(((cpu - cpuBefore) / minutes) * 10) / 10,
      });
    } finally {
      await db.close();
    }
  } finally {
    poller.kill('SIGTERM');
    await new Promise((resolve) => poller.once('exit', resolve));
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function rowOf(
  kind: Kind,
  orders: number,
  {
    latencies,
    ...load
  }: { latencies: readonly number[] } & Pick<LatencyRow, 'requestsPerMinute' | 'busiestMinute' | 'cpuSecondsPerMinute'>,
): LatencyRow {
  const { p50, p95, p99, max } = percentiles(latencies);
  const missed = orders - latencies.length;
  return {
    kind,
    orders,
    p50,
    p95,
    p99,
    max,
    missed,
    ...load,
    meetsTarget: missed === 0 && p95 < TARGETS_P95_MS[kind],
    keepsBudget: load.busiestMinute <= BUDGET_PER_MINUTE,
  };
}

function startPoller(simulatorPort: number, file: string): ChildProcess {
  const env = {
    PATH: process.env['PATH'] ?? '',
    DEMO: '1',
    DATABASE_URL: `file:${file}`,
    SIMULATOR_PORT: String(simulatorPort),
    POLLER_PORT: '0',
    POLL_REQUESTS_PER_MINUTE: String(BUDGET_PER_MINUTE),
    LOG_LEVEL: 'warn',
  };
  return spawn(process.execPath, [PROGRAM, 'run', '--env', '/dev/null'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function hasAnsweredList(simulator: RunningSimulator): boolean {
  return simulator.requests().some(({ path, status }) => path.endsWith('/orders') && status === 200);
}

async function until(condition: () => Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await condition()) && Date.now() < giveUpAt) await systemClock.sleep(500);
}

type Script = Parameters<RunningSimulator['script']>[0];

/** One fill each, at instants that no polling rhythm lines up with. */
function scripted(orders: number, kind: Kind): readonly Script[] {
  return Array.from({ length: orders }, (_, i) => {
    const [place, chance] = [i / orders, (i * 0.618_034) % 1];
    const enteredAfterMs = kind === 'young' ? Math.floor(place * PLACED_WITHIN_MS) : -RESTED_MS;
    const afterMs = Math.floor((kind === 'young' ? enteredAfterMs : LEAD_IN_MS) + chance * FILL_WITHIN_MS);
    const fills = [{ afterMs, quantity: '10', price: `${100 + (i % 900)}.1234` }];
    return { symbol: 'GME', instruction: 'BUY', quantity: '10', orderType: 'MARKET', enteredAfterMs, fills };
  });
}

/** Of those that are in the record. */
async function latenciesOf(
  db: Awaited<ReturnType<typeof openDatabase>>,
  simulator: RunningSimulator,
  orders: number,
): Promise<readonly number[]> {
  const filledAt = new Map(
    simulator
      .truth()
      .orders.map(({ brokerOrderId, fills: [fill] }) => [brokerOrderId, Date.parse(fill?.occurredAt ?? '')]),
  );
  const recorded = await db.findOrders({ status: 'COMPLETED', limit: orders });
  return recorded.map(({ known, firstFillCommittedAt }) => {
    return (firstFillCommittedAt ?? Number.NaN) - (filledAt.get(known.brokerOrderId) ?? Number.NaN);
  });
}

/** Of a whole process since its start, as Linux tells it in hundredths. */
async function cpuSeconds({ pid }: ChildProcess): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name in parentheses may hold blanks; user and system time are the 12th and 13th fields after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
