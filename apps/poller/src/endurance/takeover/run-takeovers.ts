/**
 * Two poller processes on one record. Again and again the one at work is killed or stopped, and the other has to take over;
 * one that was stopped comes back to find its lease gone. Orders fill all the while.
 */
import { systemClock } from '@fill-tracker/schwab-client';
import type { ScriptedOrderInput } from '@fill-tracker/schwab-simulator';
import { percentiles } from '../../bench/percentiles.ts';
import { demoVariables, type ProcessAtWork, RUN, startPollerProcess } from '../../testing/command-line.ts';
import { createWorld, type OwningTest, type World } from '../../testing/world.ts';
import { chance } from '../chance.ts';
import { check, checkNone, type Findings, type Progress } from '../check.ts';
import { table } from '../table.ts';
import { staleCycles, unsoundOrders } from '../unsound-orders.ts';
import { type Strike, strikes } from './strike.ts';

export interface TakeoverOptions {
  readonly rounds: number;
  readonly seed: number;
  /** The longest from the end of one poller to the first cycle of the next. */
  readonly withinMs: number;
  readonly progress: Progress;
}

/** What the product promises on a machine that has time for it. */
export const TAKEOVER_WITHIN_MS = 15_000;
const PATIENCE_MS = 60_000;

/** A round, and how long the takeover took. */
interface Takeover extends Strike {
  readonly tookMs: number;
}

export async function runTakeovers(owner: OwningTest, options: TakeoverOptions): Promise<Findings> {
  const { rounds, seed, progress } = options;
  const random = chance(seed);
  let asked = 0;
  const onRequest = (): void => {
    asked += 1;
    world.wake();
  };
  const world = await createWorld(owner, { seed, patienceMs: PATIENCE_MS, onRequest });
  const start = (): ProcessAtWork => startPollerProcess(owner, RUN, demoVariables(world), world.wake);
  const pair = [start(), start()];
  await world.until('one to poll and one to stand by', () =>
    [CYCLE_ENDED, STANDING_BY].every((msg) => pair.some((each) => times(each, msg) > 0)),
  );
  const takeovers: Takeover[] = [];
  for (const strike of strikes(rounds, random)) {
    for (const order of ordersOfRound(random)) world.script(order);
    const [holder, standby] = await ranks(world, pair);
    const cyclesBefore = times(standby, CYCLE_ENDED);
    const standsBefore = times(holder, STANDING_BY);
    await momentOf(strike, { world, holder, asked: () => asked });
    const struckAt = Date.now();
    holder.signal(strike.how === 'killed' ? 'SIGKILL' : 'SIGSTOP');
    await world.until('the other to poll', () => times(standby, CYCLE_ENDED) > cyclesBefore);
    const tookMs = Date.now() - struckAt;
    takeovers.push({ ...strike, tookMs });
    progress(`round ${takeovers.length} of ${rounds}: ${strike.how} while ${strike.while}, taken over in ${tookMs} ms`);
    const next = strike.how === 'killed' ? await replaced(holder, start) : holder;
    if (next === holder) holder.signal('SIGCONT');
    pair.splice(0, 2, standby, next);
    const stands = next === holder ? standsBefore : 0;
    await world.until('the one that is left to stand by', () => times(next, STANDING_BY) > stands);
  }
  await world.untilRecordEqualsTruth();
  return await findings(world, takeovers, options);
}

const CYCLE_ENDED = 'cycle ended';
const STANDING_BY = 'another poller is at work: standing by';

function times(poller: ProcessAtWork, msg: string): number {
  return poller.logs().filter((line) => line.msg === msg).length;
}

/** Who is at work, and who stands by. */
async function ranks(
  { record }: World,
  pair: readonly ProcessAtWork[],
): Promise<readonly [holder: ProcessAtWork, standby: ProcessAtWork]> {
  const { owner } = await record.readLease();
  const holder = pair.find((each) => each.logs().some((line) => line.owner === owner && line.fencing === undefined));
  const standby = pair.find((each) => each !== holder);
  if (holder === undefined || standby === undefined) throw new Error(`nobody here is ${owner}`);
  return [holder, standby];
}

interface Scene {
  readonly world: World;
  readonly holder: ProcessAtWork;
  /** Calls that the broker has received. */
  readonly asked: () => number;
}

/** Waits for the moment of a strike. */
async function momentOf({ while: doing, delayMs }: Strike, { world, holder, asked }: Scene): Promise<void> {
  const [askedBefore, cyclesBefore] = [asked(), times(holder, CYCLE_ENDED)];
  await world.until(`the poller at work to be ${doing}`, () =>
    doing === 'asking' ? asked() > askedBefore : times(holder, CYCLE_ENDED) > cyclesBefore,
  );
  // Not to wait for anything: any instant will do.
  if (delayMs > 0) await systemClock.sleep(delayMs);
}

/** In the place of one that was killed. */
async function replaced(dead: ProcessAtWork, start: () => ProcessAtWork): Promise<ProcessAtWork> {
  await dead.ended;
  return start();
}

/** Orders that fill in several parts before, during and after a takeover. */
function ordersOfRound(random: () => number): readonly ScriptedOrderInput[] {
  const plain = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '10' } as const;
  const within = (ms: number): number => Math.floor(random() * ms);
  const [early, later, late] = [within(1_000), 1_000 + within(5_000), 6_000 + within(6_000)];
  const fills = [
    { afterMs: early, quantity: '4', price: '22.7299' },
    { afterMs: later, quantity: '3', price: '22.7301' },
    { afterMs: late, quantity: '3', price: '22.74' },
  ];
  return [
    { ...plain, fills },
    { ...plain, fills: fills.slice(0, 2), ending: { afterMs: late, status: 'CANCELED' } },
    { ...plain, enteredAfterMs: later, fills: [{ afterMs: late, quantity: '10', price: '22.6' }] },
  ];
}

async function findings(
  world: World,
  takeovers: readonly Takeover[],
  { rounds, seed, withinMs }: TakeoverOptions,
): Promise<Findings> {
  const took = takeovers.map(({ tookMs }) => tookMs);
  const { p50, max } = percentiles(took);
  const orders = await world.record.findOrders({ limit: 100_000 });
  const cycles = await world.record.pageCycles({ limit: 100_000 });
  return {
    checks: [
      check(`${rounds} takeovers, each within ${withinMs / 1000} s`, max <= withinMs, `longest ${max} ms`),
      checkNone('the record equals the truth', await world.differences()),
      checkNone('nothing is in the record twice', await unsoundOrders(world.record)),
      checkNone('one that lost the lease wrote nothing', staleCycles(cycles)),
    ],
    lines: [
      `${takeovers.length} takeovers (seed ${seed}), ${orders.length} orders: p50 ${p50} ms, longest ${max} ms`,
      '',
      ...table(
        ['struck', 'while', 'taken over after (ms)'],
        takeovers.map((each) => [each.how, each.while, each.tookMs]),
      ),
    ],
    figures: { seed, orders: orders.length, p50, max, takeovers },
  };
}
