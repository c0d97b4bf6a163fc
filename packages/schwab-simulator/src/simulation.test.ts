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
    for (let second = 0; second < 300; second += 1) {
      often.pass(1_000);
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
    expect(simulation.truth().orders).toHaveLength(2_000);
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
