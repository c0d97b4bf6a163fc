/** A poller process under a load that never lets up: does it grow? */
import type { ChildProcess } from 'node:child_process';
import { MINUTE } from '@fill-tracker/domain';
import { systemClock } from '@fill-tracker/schwab-client';
import { startProcess } from '../../testing/command-line.ts';
import { createWorld, type OwningTest, type World } from '../../testing/world.ts';
import { chance } from '../chance.ts';
import { type Check, check, checkNone, type Findings, type Progress } from '../check.ts';
import { mostWithin } from '../most-within.ts';
import { table } from '../table.ts';
import { unsoundOrders } from '../unsound-orders.ts';
import { orderStream } from './order-stream.ts';
import { type Slope, slopesOf } from './slope.ts';
import type { SoakedPollerOptions, SoakMeasure, SoakQuestion } from './soaked-poller.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** Working at any time. */
  readonly orders: number;
  readonly progress: Progress;
}

const REQUESTS_PER_MINUTE = 80;
const PATIENCE_MS = 3 * MINUTE;
/** The first part of a run fills caches and compiles code. */
const WARM_UP_SHARE = 0.2;
/**
 * What an order of the day may cost: it stays in the broker's list until the trading date is over, and the poller keeps
 * its text and what it read from it, so that a list which comes every second is not read anew.
 */
const MAY_GROW_BYTES_PER_ORDER = 12 * 1_024;
/** What may be added with time alone: a leak shows as more. 1 MB an hour would be 10 MB by the end of a session. */
const MAY_GROW_BYTES_PER_MINUTE = 17 * 1_024;

interface Minute extends SoakMeasure {
  readonly minute: number;
  /** In the broker's list by now, ended ones too. */
  readonly orders: number;
}

export async function runSoak(owner: OwningTest, { minutes, orders, progress }: SoakOptions): Promise<Findings> {
  const world = await createWorld(owner, { patienceMs: PATIENCE_MS });
  const stream = orderStream(orders, chance(1));
  const options: SoakedPollerOptions = {
    file: world.file,
    simulatorUrl: world.simulator.url,
    simulatorPort: world.simulator.port,
    requestsPerMinute: REQUESTS_PER_MINUTE,
  };
  const poller = startProcess(owner, 'endurance/soak/soaked-poller.js', [JSON.stringify(options)], {
    withIpc: true,
    nodeArgs: ['--expose-gc'],
    onNews: world.wake,
  });
  await firstCycle(world);
  const measured: Minute[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    for (const order of stream.next(MINUTE)) world.script(order);
    await Promise.race([systemClock.sleep(MINUTE), gone(poller.ended)]);
    const measure = await askFor(poller.child);
    measured.push({ ...measure, minute, orders: world.simulator.truth().orders.length });
    progress(lineOf(measured.at(-1)));
  }
  const problems = poller
    .logs()
    .map(({ msg }) => msg)
    .filter((msg) => /failed|refused|cannot be read/.test(msg));
  const differences = await settled(world);
  return await findings(world, measured, { differences, problems, orders });
}

/** A soak must not go on without its poller. */
async function gone(ended: Promise<number | null>): Promise<never> {
  throw new Error(`the poller ended with status ${await ended}`);
}

/** The record is asked every second, for nobody tells when a quiet process has finished a cycle. */
async function firstCycle({ record }: World): Promise<void> {
  while ((await record.lastCycles(1)).length === 0) await systemClock.sleep(1_000);
}

/** Orders go on filling, so the record is compared until it has caught up, for as long as patience lasts. */
async function settled(world: World): Promise<readonly unknown[]> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const differences = await world.differences();
    if (differences.length === 0 || Date.now() > giveUpAt) return differences;
    await systemClock.sleep(1_000);
  }
}

async function askFor(child: ChildProcess): Promise<SoakMeasure> {
  const answered = new Promise<SoakMeasure>((resolve) =>
    child.once('message', (answer: SoakMeasure) => resolve(answer)),
  );
  child.send('measure' satisfies SoakQuestion);
  return await answered;
}

interface Soaked {
  readonly differences: readonly unknown[];
  readonly problems: readonly string[];
  readonly orders: number;
}

async function findings(
  world: World,
  measured: readonly Minute[],
  { differences, problems, orders }: Soaked,
): Promise<Findings> {
  const warm = measured.slice(Math.floor(measured.length * WARM_UP_SHARE));
  const heap = slopesOf(warm.map((each) => ({ u: each.minute, v: each.orders, y: each.heapBytes })));
  const busiest = mostWithin(
    world.simulator.requests().map(({ time }) => Date.parse(time)),
    MINUTE,
  );
  const ended = measured.at(-1)?.orders ?? 0;
  return {
    checks: [
      checkNone('the record equals the truth', differences),
      checkNone('nothing is in the record twice', await unsoundOrders(world.record)),
      checkNone('nothing failed', problems),
      checkSlope('the heap does not grow with time', heap && heap.u, MAY_GROW_BYTES_PER_MINUTE, 'a minute'),
      checkSlope('an order of the day costs little', heap && heap.v, MAY_GROW_BYTES_PER_ORDER, 'an order'),
      check(
        `never more than ${REQUESTS_PER_MINUTE} requests in any minute`,
        busiest <= REQUESTS_PER_MINUTE,
        `${busiest}`,
      ),
    ],
    lines: [
      `${measured.length} minutes at ${orders} working orders, ${ended} orders in all; the first ${measured.length - warm.length} minutes are warm-up`,
      `heap after collection: ${textOfSlope(heap && heap.u)} a minute, ${textOfSlope(heap && heap.v)} an order of the day`,
      '',
      ...table(HEAD, measured.map(rowOf)),
    ],
    figures: {
      orders,
      ended,
      heapBytesPerMinute: heap && heap.u,
      heapBytesPerOrder: heap && heap.v,
      minutes: measured,
    },
  };
}

const HEAD = ['minute', 'orders', 'heap (MB)', 'rss (MB)', 'lag p50 (ms)', 'lag p99', 'lag max', 'CPU (s)'];

function rowOf(each: Minute): readonly (string | number)[] {
  const { minute, orders, heapBytes, rssBytes, lagP50Ms, lagP99Ms, lagMaxMs, cpuMs } = each;
  return [minute, orders, megabytes(heapBytes), megabytes(rssBytes), lagP50Ms, lagP99Ms, lagMaxMs, cpuMs / 1_000];
}

function lineOf(each: Minute | undefined): string {
  return each === undefined
    ? ''
    : rowOf(each)
        .map((cell, i) => `${HEAD[i]} ${cell}`)
        .join(', ');
}

/** A trial that is too short to tell has found nothing against it. */
function checkSlope(name: string, slope: Slope | null, mayGrow: number, unit: string): Check {
  const isRight = slope === null || slope.low <= mayGrow;
  const limit = `a fault once all of the interval lies above ${kilobytes(mayGrow)} kB`;
  return check(name, isRight, `${textOfSlope(slope)} ${unit}; ${limit}`);
}

function textOfSlope(slope: Slope | null): string {
  if (slope === null) return 'too few minutes to tell the kB';
  return `${kilobytes(slope.slope)} kB (95 %: ${kilobytes(slope.low)} to ${kilobytes(slope.high)})`;
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 102.4) / 10;
}
