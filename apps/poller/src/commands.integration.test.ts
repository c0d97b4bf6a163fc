import { systemClock, createSchwabClient, type StoredToken } from '@fill-tracker/schwab-client';
import { DEMO_CREDENTIALS } from '@fill-tracker/schwab-simulator';
import type { Command } from '@fill-tracker/db';
import type { PollSettings } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { createWorld, type World } from './testing/world.ts';

const AN_HOUR_MS = 3_600_000;
const POLLING_HOURLY: PollSettings = {
  intervalMs: AN_HOUR_MS,
  fastIntervalMs: AN_HOUR_MS,
  fastForMs: 0,
  jitterMs: 0,
  extendedIntervalMs: AN_HOUR_MS,
  outsideIntervalMs: AN_HOUR_MS,
  extendedHours: true,
  witnessAfterMs: 60_000,
  witnessEveryMs: 60_000,
};
const ALL_AT_ONCE = [{ afterMs: 50, quantity: '10', price: '22.7299' }];

function repoll(world: World, orderId: number): Promise<number> {
  return world.record.enqueueCommand({
    kind: 'REPOLL',
    accountId: 'A1',
    brokerOrderId: null,
    orderId,
    requestedBy: 'test',
    requestedAt: Date.now(),
  });
}

/** The command once it is answered. */
async function answered(world: World, id: number): Promise<Command> {
  let command: Command | null = null;
  await world.until(`command ${id} to be answered`, async () => {
    command = await world.record.findCommand(id);
    return command !== null && command.state !== 'QUEUED';
  });
  if (command === null) throw new Error(`command ${id} is gone`);
  return command;
}

async function knownOrder(world: World, order: Parameters<World['script']>[0]): Promise<number> {
  const brokerOrderId = world.script(order);
  await world.until('the order to be known', async () => {
    const [found] = await world.record.findOrder({ brokerOrderId });
    return found?.known.facts !== null && found !== undefined;
  });
  return (await world.order(brokerOrderId)).id;
}

/** Sign-in, placing and reading ids as a bot does, with a client of its own. */
async function placeAsBot({ simulator }: World): Promise<string> {
  let token: StoredToken = {
    accessToken: '',
    accessTokenExpiresAt: 0,
    refreshToken: DEMO_CREDENTIALS.refreshToken,
    refreshTokenExpiresAt: Date.now() + 60_000,
    signedInAt: Date.now(),
  };
  const client = createSchwabClient({
    baseUrl: simulator.url,
    credentials: DEMO_CREDENTIALS,
    tokens: {
      load: () => Promise.resolve(token),
      save: (next) => {
        token = next;
        return Promise.resolve();
      },
    },
    clock: systemClock,
    random: Math.random,
    requestsPerMinute: 120,
  });
  const legs = [{ instruction: 'BUY', quantity: '100', symbol: 'GME' }] as const;
  const placed = await client.placeOrder(
    { accountHash: simulator.accountHash, order: { orderType: 'MARKET', session: 'NORMAL', duration: 'DAY', legs } },
    { lane: 'command' },
  );
  if (placed.outcome !== 'placed') throw new Error(placed.message);
  return placed.orderId;
}

describe.concurrent('track', () => {
  it.concurrent('an order that a bot has just placed is tracked, and its fill recorded', async (test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller({ config: { discoversOrders: false } });
    await world.until('a first cycle', () => heard.cycleEnded.length > 0);
    const placed = await placeAsBot(world);
    const { state, outcome } = await answered(world, await world.track(placed));
    expect({ state, outcome }).toEqual({ state: 'DONE', outcome: { tracked: true, alreadyTracked: false } });
    await world.until('the fill', () => world.isCompleted(placed));
    expect(await world.differences()).toEqual([]);
    expect((await world.order(placed)).audit[0]).toMatchObject({ kind: 'ORDER_ADDED', actor: 'test' });
  });

  it.concurrent('an order that is known already says so, and makes no second row', async (test) => {
    const world = await createWorld(test);
    await world.startPoller();
    const orderId = await knownOrder(world, { fills: ALL_AT_ONCE });
    const [order] = await world.record.findOrder({ id: orderId });
    const brokerOrderId = order?.known.brokerOrderId ?? '';
    const { state, outcome } = await answered(world, await world.track(brokerOrderId));
    expect({ state, outcome }).toEqual({ state: 'DONE', outcome: { tracked: true, alreadyTracked: true, orderId } });
    expect(await world.record.findOrder({ brokerOrderId })).toHaveLength(1);
  });

  it.concurrent('an order of an account that nobody knows fails, with the reason', async (test) => {
    const world = await createWorld(test);
    await world.startPoller();
    // The record itself refuses a command for an account that it does not have.
    await expect(world.track('1234567890', 'A9')).rejects.toThrow('constraint');
  });

  it.concurrent('the same order twice in one breath is one order', async (test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller({ config: { discoversOrders: false } });
    await world.until('a first cycle', () => heard.cycleEnded.length > 0);
    const brokerOrderId = world.script({});
    const [first, second] = await Promise.all([world.track(brokerOrderId), world.track(brokerOrderId)]);
    expect((await answered(world, first)).outcome).toMatchObject({ alreadyTracked: false });
    expect((await answered(world, second)).outcome).toMatchObject({ alreadyTracked: true });
  });

  it.concurrent('an id that the broker does not know stays pending, whatever the answers', async (test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller();
    await world.until('a first cycle', () => heard.cycleEnded.length > 0);
    await answered(world, await world.track('999999999'));
    await world.until('three answers', async () => ((await world.order('999999999')).known.absence?.count ?? 0) >= 3);
    const { known } = await world.order('999999999');
    expect(known.state).toMatchObject({ status: 'PENDING', outcome: null, flags: [] });
  });
});

describe.concurrent('re-poll', () => {
  it.concurrent('says what the broker says, and that it is nothing new', async (test) => {
    const world = await createWorld(test);
    await world.startPoller();
    const id = await knownOrder(world, {});
    expect(await answered(world, await repoll(world, id))).toMatchObject({
      state: 'DONE',
      outcome: {
        found: true,
        status: 'PENDING',
        brokerStatus: 'WORKING',
        filledQuantity: '0',
        newFills: 0,
        changed: false,
      },
    });
  });

  it.concurrent('finds a fill that no cycle has seen yet', async (test) => {
    const world = await createWorld(test);
    const brokerOrderId = world.script({ fills: [{ afterMs: AN_HOUR_MS, quantity: '10', price: '22.7299' }] });
    const { heard } = await world.startPoller({ config: { settings: POLLING_HOURLY } });
    await world.until('the only cycle', () => heard.cycleEnded.length > 0);
    const { id } = await world.order(brokerOrderId);
    await fetch(`${world.simulator.url}/simulator/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: AN_HOUR_MS }),
    });
    const answer = await answered(world, await repoll(world, id));
    expect(answer.outcome).toMatchObject({
      found: true,
      status: 'COMPLETED',
      filledQuantity: '10',
      averagePrice: '22.7299',
      newFills: 1,
      changed: true,
    });
    expect(await world.differences()).toEqual([]);
  });

  it.concurrent('says when the broker does not know the order; it stays pending', async (test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller();
    await world.until('a first cycle', () => heard.cycleEnded.length > 0);
    await answered(world, await world.track('999999999'));
    const { id } = await world.order('999999999');
    const { state, outcome } = await answered(world, await repoll(world, id));
    expect({ state, outcome }).toMatchObject({ state: 'DONE', outcome: { found: false, status: 'PENDING' } });
  });

  it.concurrent('fails with the reason when the broker does', async (test) => {
    const world = await createWorld(test);
    await world.startPoller();
    const id = await knownOrder(world, {});
    world.simulator.setFaults([{ kind: 'status-500', path: '/orders/' }]);
    const { state, outcome } = await answered(world, await repoll(world, id));
    expect(state).toBe('FAILED');
    expect(outcome).toMatchObject({ errorKind: 'server', problem: expect.stringContaining('500') });
  });

  it.concurrent('fails for an order that is not in the record', async (test) => {
    const world = await createWorld(test);
    await expect(repoll(world, 4711)).rejects.toThrow('constraint');
  });

  it.concurrent('asked for twice while nobody works is one command, kept and done when a poller starts', async (test) => {
    const world = await createWorld(test);
    const { stop } = await world.startPoller();
    const id = await knownOrder(world, {});
    await stop();
    const [first, second] = [await repoll(world, id), await repoll(world, id)];
    expect(second).toBe(first);
    expect((await world.record.findCommand(first))?.state).toBe('QUEUED');
    const before = world.simulator.requests().length;
    await world.startPoller();
    expect(await answered(world, first)).toMatchObject({ state: 'DONE' });
    const byId = world.simulator
      .requests()
      .slice(before)
      .filter(({ path }) => /\/orders\/\d+$/.test(path));
    expect(byId).toHaveLength(1);
  });

  it.concurrent('of a finished order leaves it as it is, also when the broker has forgotten it', async (test) => {
    const world = await createWorld(test);
    await world.startPoller();
    const brokerOrderId = world.script({ fills: ALL_AT_ONCE });
    await world.until('the fill', () => world.isCompleted(brokerOrderId));
    const before = await world.order(brokerOrderId);
    world.simulator.setFaults([{ kind: 'visibility-lag', visibilityLagMs: 3_600_000 }]);
    for (const _ of [1, 2, 3, 4]) await answered(world, await repoll(world, before.id));
    expect((await world.order(brokerOrderId)).known).toEqual(before.known);
  });
});
