import { usEquities } from '@fill-tracker/domain';
import type { ScriptedOrderInput } from '@fill-tracker/schwab-simulator';
import { describe, expect, it } from 'vitest';
import { runOnce } from '../loop/run-once.ts';
import { takeLease } from '../loop/keep-lease.ts';
import type { Poller } from '../poller.ts';
import { createWorld, type OwningTest, type World } from '../testing/world.ts';
import { createCandleCache } from './candle-cache.ts';
import { checkMarketRange } from './check-market-range.ts';

const never = new AbortController().signal;
const MINUTES = 60_000;
const AGO = { enteredAfterMs: -10 * MINUTES } as const;

/** Far from anything that the simulated market knows. */
const FAR: Partial<ScriptedOrderInput> = {
  ...AGO,
  candles: 'apart',
  fills: [{ afterMs: -10 * MINUTES, quantity: '10', price: '999.5' }],
};
const COVERED: Partial<ScriptedOrderInput> = { ...FAR, candles: 'cover-fills' };

async function checking(test: OwningTest, orders: readonly Partial<ScriptedOrderInput>[]) {
  const world = await createWorld(test);
  const ids = orders.map((order) => world.script(order));
  await runOnce(await world.preparePoller(), never);
  const poller = await world.preparePoller();
  const lease = await takeLease(poller, () => ({}));
  if (lease === null) throw new Error('somebody else holds the lease');
  test.onTestFinished(() => lease.release());
  const run = { fencing: lease.fencing, signal: never, candles: createCandleCache() };
  const check = async (using: Poller = poller) =>
    await checkMarketRange(using, await world.record.loadOrdersByBrokerIds('A1', ids), run);
  return { world, poller, ids, check };
}

async function flags(world: World, id: string | undefined) {
  return (await world.order(id ?? '')).known.state.flags;
}

const candleCalls = (world: World): number =>
  world.simulator.requests().filter(({ path }) => path.endsWith('/pricehistory')).length;

describe.concurrent('a fill is held against the market', () => {
  it.concurrent('and raises an alarm outside its range, and none inside', async (test) => {
    const { world, ids, check } = await checking(test, [FAR, { ...COVERED, symbol: 'AAPL' }]);
    const before = await world.order(ids[0] ?? '');
    const { checked, changed, later } = await check();
    expect({ checked, changed: changed.length, later }).toEqual({ checked: 2, changed: 1, later: [] });
    expect(await flags(world, ids[0])).toEqual(['PRICE_OUTSIDE_MARKET']);
    expect(await flags(world, ids[1])).toEqual([]);
    const after = await world.order(ids[0] ?? '');
    expect(after.known.fills).toEqual(before.known.fills);
    expect(after.known.state.averagePrice?.toFixed()).toBe('999.5');
    expect(after.audit.at(-1)?.reason).toMatch(/^the fill at 999.5 USD, .*Z, lies outside the market's minute$/);
    expect((await check()).changed).toEqual([]);
    expect(candleCalls(world)).toBe(2);
  });

  it.concurrent('with one call for fills near each other, and few calls at a time', async (test) => {
    const near = [-30, -20, -10].map((minute) => ({ afterMs: minute * MINUTES, quantity: '3', price: '22.73' }));
    const many = ['GME', 'AAPL', 'MSFT', 'SPY', 'NVDA'].map((symbol) => {
      return { ...AGO, enteredAfterMs: -30 * MINUTES, symbol, quantity: '9', fills: near };
    });
    const { world, check } = await checking(test, many);
    const first = await check();
    expect({ checked: first.checked, later: first.later.length, calls: candleCalls(world) }).toEqual({
      checked: 2,
      later: 3,
      calls: 2,
    });
    expect((await check()).later).toHaveLength(1);
    expect((await check()).later).toEqual([]);
    expect(candleCalls(world)).toBe(5);
  });

  it.concurrent('not before its minute is over', async (test) => {
    const { world, check } = await checking(test, [
      { ...FAR, enteredAfterMs: -1_000, fills: [{ afterMs: -1_000, quantity: '10', price: '999.5' }] },
    ]);
    expect(await check()).toMatchObject({ checked: 0, later: [{ accountId: 'A1' }] });
    expect(candleCalls(world)).toBe(0);
  });

  it.concurrent('not while the budget is short', async (test) => {
    const { world, poller, check } = await checking(test, [FAR]);
    const budget = { perMinute: 80, allowedPerMinute: 80, usedLastMinute: 72, waiting: 0, pausedUntil: null };
    const short = { ...poller, client: { ...poller.client, budget: () => budget } };
    expect(await check(short)).toMatchObject({ checked: 0, later: [{ accountId: 'A1' }] });
    expect(candleCalls(world)).toBe(0);
  });

  it.concurrent('again later when no answer came; the failure is told', async (test) => {
    const { world, poller, ids, check } = await checking(test, [FAR]);
    world.simulator.setFaults([{ kind: 'status-500', path: '/pricehistory' }]);
    expect(await check()).toMatchObject({ checked: 0, later: [{ accountId: 'A1' }] });
    expect(poller).toMatchObject({ heard: { brokerCallFailed: [{ operation: 'get-price-history' }] } });
    world.simulator.setFaults([]);
    expect(await check()).toMatchObject({ checked: 1, later: [] });
    expect(await flags(world, ids[0])).toEqual(['PRICE_OUTSIDE_MARKET']);
  });

  it.concurrent('and stays without an alarm where no candle tells', async (test) => {
    const option: Partial<ScriptedOrderInput> = { ...FAR, symbol: 'GME   270115C00025000', instruction: 'BUY_TO_OPEN' };
    const { world, ids, check } = await checking(test, [option]);
    expect(await check()).toMatchObject({ checked: 1, changed: [], later: [] });
    expect(await flags(world, ids[0])).toEqual([]);
    expect(candleCalls(world)).toBe(0);
  });
});

describe.concurrent('a fill is held against the sessions', () => {
  it.concurrent('and raises an alarm when none was open; a market that is always open raises none', async (test) => {
    const { world, poller, ids, check } = await checking(test, [COVERED]);
    expect((await check()).changed).toEqual([]);
    const closed = { ...usEquities(), sessionOn: () => null };
    const { changed } = await check({ ...poller, calendar: () => closed });
    expect(changed).toHaveLength(1);
    expect(await flags(world, ids[0])).toEqual(['FILL_OUTSIDE_SESSION']);
    expect((await check()).changed).toHaveLength(1);
    expect(await flags(world, ids[0])).toEqual([]);
  });

  it.concurrent('both alarms come as one change', async (test) => {
    const { world, poller, ids, check } = await checking(test, [FAR]);
    const closed = { ...usEquities(), sessionOn: () => null };
    expect((await check({ ...poller, calendar: () => closed })).changed).toHaveLength(1);
    expect(await flags(world, ids[0])).toEqual(['PRICE_OUTSIDE_MARKET', 'FILL_OUTSIDE_SESSION']);
  });
});
