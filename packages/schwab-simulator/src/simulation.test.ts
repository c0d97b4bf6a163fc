import { describe, expect, it } from 'vitest';
import { simulatedAccounts } from './accounts.ts';
import { createSimulation } from './simulation.ts';
import { type SimulationState, simulationStateSchema } from './simulation-state.ts';

const START = Date.UTC(2025, 7, 29, 17, 15, 17);
const MARKET_BUY = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '10' };
const MINUTE_MS = 60_000;

function aSimulation({
  kept = null,
  at = START,
  seed = 1,
}: { kept?: SimulationState | null; at?: number; seed?: number } = {}) {
  let now = at;
  const [account, ...further] = simulatedAccounts(2);
  if (account === undefined) throw new RangeError('no account');
  const world = { now: () => now, seed, accounts: [account, ...further] as const, firstOrderId: 500n, kept };
  const simulation = createSimulation({ ...world, changed: () => undefined });
  return { simulation, account, pass: (ms: number) => (now += ms) };
}

/** The state as it comes back from its file. */
function stored(simulation: ReturnType<typeof aSimulation>['simulation']): SimulationState {
  return simulationStateSchema.parse(JSON.parse(JSON.stringify({ ...simulation.state(), login: null })));
}

describe('the simulation', () => {
  it('does not know an order before it is entered', () => {
    const { simulation, account, pass } = aSimulation();
    const { orderId } = simulation.script({ ...MARKET_BUY, enteredAfterMs: 1_000 });
    expect(simulation.find(account.accountNumber, orderId)).toBeNull();
    expect(simulation.truth().orders).toEqual([]);
    pass(1_000);
    expect(simulation.find(account.accountNumber, orderId)?.orderId).toBe(orderId);
    expect(simulation.truth().orders).toHaveLength(1);
  });

  it('finds an order under its own account only', () => {
    const { simulation } = aSimulation();
    const second = simulatedAccounts(2)[1];
    const { orderId } = simulation.script({ ...MARKET_BUY, account: second?.hashValue });
    expect(simulation.find(second?.accountNumber ?? '', orderId)).not.toBeNull();
    expect(simulation.find('12345678', orderId)).toBeNull();
    expect(() => simulation.script({ ...MARKET_BUY, account: '1' })).toThrow(RangeError);
  });

  it('tells the same demo to whoever looks often and whoever looks once', () => {
    const often = aSimulation();
    const once = aSimulation();
    often.simulation.runScenario({ name: 'demo' });
    once.simulation.runScenario({ name: 'demo' });
    for (let look = 0; look < 60; look += 1) {
      often.pass(5_000);
      often.simulation.truth();
    }
    once.pass(300_000);
    expect(often.simulation.truth().orders.length).toBeGreaterThan(50);
    expect(once.simulation.truth()).toEqual(often.simulation.truth());
  });

  it('uses every account in the demo', () => {
    const { simulation, pass } = aSimulation();
    simulation.runScenario({ name: 'demo' });
    pass(MINUTE_MS);
    simulation.truth();
    expect(new Set(simulation.state().orders.map(({ accountNumber }) => accountNumber)).size).toBe(2);
  });

  it('goes on after a restart with the orders it had, under ids never used before', () => {
    const first = aSimulation();
    first.simulation.runScenario({ name: 'demo' });
    first.pass(MINUTE_MS);
    const before = first.simulation.truth().orders.map(({ brokerOrderId }) => brokerOrderId);
    const second = aSimulation({ kept: stored(first.simulation), at: START + 2 * MINUTE_MS });
    second.pass(MINUTE_MS);
    const after = second.simulation.truth().orders.map(({ brokerOrderId }) => brokerOrderId);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length);
    expect(new Set(after).size).toBe(after.length);
    expect(Number(after.at(before.length))).toBeGreaterThan(Number(before.at(-1)) + 999);
  });

  it('pauses the demo while it is down, but not what was already placed', () => {
    const first = aSimulation();
    first.simulation.runScenario({ name: 'demo' });
    first.pass(MINUTE_MS);
    const known = first.simulation.truth().orders.length;
    const second = aSimulation({ kept: stored(first.simulation), at: START + 600 * MINUTE_MS });
    const { orders } = second.simulation.truth();
    expect(orders).toHaveLength(known);
    expect(orders.every(({ status }) => status !== 'PENDING')).toBe(true);
  });

  it('tells only the latest part of what a leap of the clock skips', () => {
    const { simulation, pass } = aSimulation();
    simulation.runScenario({ name: 'demo' });
    pass(5_000 * 365 * 24 * 60 * MINUTE_MS);
    const tops = simulation.truth().orders.filter(({ parentOrderId, replaces }) => !parentOrderId && !replaces);
    expect(tops).toHaveLength(2_000);
  });

  it('forgets all by a reset, but no id', () => {
    const { simulation, pass } = aSimulation();
    simulation.runScenario({ name: 'demo' });
    const { orderId } = simulation.script(MARKET_BUY);
    simulation.reset();
    pass(MINUTE_MS);
    expect(simulation.truth().orders).toEqual([]);
    expect(Number(simulation.script(MARKET_BUY).orderId)).toBeGreaterThan(Number(orderId));
  });

  it('lists newest first, by account, window, status and number of rows', () => {
    const { simulation, account, pass } = aSimulation();
    const ids = [0, 1_000, 2_000].map((enteredAfterMs) => simulation.script({ ...MARKET_BUY, enteredAfterMs }).orderId);
    simulation.script({ ...MARKET_BUY, account: simulatedAccounts(2)[1]?.accountNumber });
    simulation.script({ ...MARKET_BUY, enteredAfterMs: 500, statusText: 'QUEUED' });
    pass(5_000);
    const window = {
      accountNumber: account.accountNumber,
      from: START,
      to: START + 9_000,
      status: 'WORKING',
      maxResults: 9,
    };
    const listed = (query: Partial<typeof window>) =>
      simulation.list({ ...window, ...query }).map(({ orderId }) => orderId);
    expect(listed({})).toEqual(ids.toReversed());
    expect(listed({ maxResults: 1 })).toEqual(ids.slice(-1));
    expect(listed({ from: START + 1_000, to: START + 1_999 })).toEqual([ids[1]]);
    expect(listed({ status: 'FILLED' })).toEqual([]);
  });

  it('lists the tops of trees alone, and finds what is below by its id', () => {
    const { simulation, account, pass } = aSimulation();
    const sale = { symbol: 'GME', instruction: 'SELL', orderType: 'MARKET', quantity: '10' };
    const fill = { afterMs: 500, quantity: '10', price: '22.7299' };
    const { orderId, allIds } = simulation.script({
      ...MARKET_BUY,
      fills: [fill],
      triggers: [{ oco: [sale, { ...sale, fills: [{ ...fill, afterMs: 900 }] }] }],
    });
    pass(1_000);
    const window = {
      accountNumber: account.accountNumber,
      from: START,
      to: START + 9_000,
      status: null,
      maxResults: 9,
    };
    expect(simulation.list(window).map((node) => node.orderId)).toEqual([orderId]);
    expect(allIds).toEqual(['500', '501', '502', '503']);
    expect(allIds.map((id) => simulation.find(account.accountNumber, id)?.orderId)).toEqual(allIds);
    const truth = simulation.truth().orders;
    expect(truth.map(({ brokerOrderId, brokerStatus }) => [brokerOrderId, brokerStatus])).toEqual([
      ['500', 'FILLED'],
      ['502', 'CANCELED'],
      ['503', 'FILLED'],
    ]);
    expect(truth.map(({ parentOrderId }) => parentOrderId)).toEqual([undefined, '500', '500']);
  });

  it('cancels an order with its pair, and all that waits for a parent', () => {
    const { simulation, account, pass } = aSimulation();
    const pair = simulation.script({ oco: [MARKET_BUY, MARKET_BUY] }).allIds;
    const parent = simulation.script({ ...MARKET_BUY, triggers: [MARKET_BUY] }).allIds;
    for (const id of [pair[1], parent[0]]) {
      const node = simulation.find(account.accountNumber, id ?? '');
      expect(node !== null && simulation.cancel(node)).toBe(true);
    }
    pass(400);
    expect(simulation.truth().orders.map(({ brokerStatus }) => brokerStatus)).toEqual(Array(4).fill('CANCELED'));
    const again = simulation.find(account.accountNumber, pair[0] ?? '');
    expect(again !== null && simulation.cancel(again)).toBe(false);
  });

  it('links an order with the one that replaces it, in the truth and nowhere else', () => {
    const { simulation, account, pass } = aSimulation();
    const fill = { quantity: '4', price: '22.7299' };
    const [oldId, newId] = simulation.script({
      ...MARKET_BUY,
      fills: [{ ...fill, afterMs: 500 }],
      replacedBy: { afterMs: 1_000, fills: [{ ...fill, afterMs: 3_000 }] },
    }).allIds;
    pass(1_000);
    expect(simulation.truth().orders).toMatchObject([
      { brokerOrderId: oldId, brokerStatus: 'REPLACED', replacedBy: newId },
    ]);
    pass(600);
    expect(simulation.truth().orders[1]).toMatchObject({
      brokerOrderId: newId,
      brokerStatus: 'WORKING',
      replaces: oldId,
    });
    const successor = simulation.find(account.accountNumber, newId ?? '');
    expect(successor).toMatchObject({ quantity: '6', symbol: 'GME' });
    expect(successor === null ? '' : simulation.reportText(successor)).not.toContain(oldId);
  });

  it('takes an id that is given, once, and steps over it', () => {
    const { simulation } = aSimulation();
    expect(simulation.script({ ...MARKET_BUY, orderId: '501' }).orderId).toBe('501');
    expect([1, 2].map(() => simulation.script(MARKET_BUY).orderId)).toEqual(['500', '502']);
    expect(() => simulation.script({ ...MARKET_BUY, orderId: '501' })).toThrow('501 is taken');
  });

  it('keeps trees over a restart', () => {
    const first = aSimulation();
    first.simulation.script({ ...MARKET_BUY, triggers: [{ oco: [MARKET_BUY, MARKET_BUY] }] });
    const second = aSimulation({ kept: stored(first.simulation) });
    expect(second.simulation.truth()).toEqual(first.simulation.truth());
  });

  it('starts its ids by its start time when given none', () => {
    const [account] = simulatedAccounts(1);
    if (account === undefined) throw new RangeError('no account');
    const idAt = (now: number) =>
      createSimulation({
        now: () => now,
        seed: 1,
        accounts: [account],
        firstOrderId: null,
        kept: null,
        changed: () => undefined,
      }).script(MARKET_BUY).orderId;
    expect(idAt(START)).toMatch(/^10\d{11}$/);
    expect(Number(idAt(START + 1_000)) - Number(idAt(START))).toBe(1_000);
  });
});
