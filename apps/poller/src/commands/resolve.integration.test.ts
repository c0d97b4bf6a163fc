/** What a person decides, carried out by a poller at work on a real record and a broker that can be ordered about. */
import { resolveOutcome, type ResolveRequest } from '@fill-tracker/contract';
import { type Command, readFullOrder } from '@fill-tracker/db';
import type { ScriptedOrderInput } from '@fill-tracker/schwab-simulator';
import { describe, expect, it } from 'vitest';
import { createWorld, type OwningTest, type World } from '../testing/world.ts';

const UNPRICED: Partial<ScriptedOrderInput> = {
  fills: [{ afterMs: 0, quantity: '10', price: '22.7299', legsAfterMs: 'never' }],
};
/** The order's own report never shows its second fill; the account's books do. */
const HALF_SHOWN: Partial<ScriptedOrderInput> = {
  fills: [
    { afterMs: 0, quantity: '4', price: '22.7299' },
    { afterMs: 0, quantity: '6', price: '22.74', shownAfterMs: 'never' },
  ],
};

async function openWorld(test: OwningTest): Promise<World> {
  const world = await createWorld(test);
  const { heard } = await world.startPoller();
  // Its accounts, for one: a first cycle that fails, on a machine that is busy, knows none yet.
  await world.until('a first complete cycle', () =>
    heard.cycleEnded.some(({ summary }) => summary.outcome === 'complete'),
  );
  return world;
}

/** Scripts an order and waits until the record knows it with this flag, or without any. */
async function orderWith(world: World, script: Partial<ScriptedOrderInput>, flag?: string): Promise<number> {
  const brokerOrderId = world.script(script);
  await world.until(`the order with ${flag ?? 'no flag'}`, async () => {
    const [order] = await world.record.findOrder({ brokerOrderId });
    if (order === undefined || order.known.facts === null) return false;
    return flag === undefined || order.known.state.flags.some((each) => each === flag);
  });
  return (await world.order(brokerOrderId)).id;
}

async function decide(world: World, orderId: number, request: ResolveRequest): Promise<Command> {
  const id = await world.record.enqueueCommand({
    kind: 'RESOLVE',
    accountId: 'A1',
    brokerOrderId: null,
    orderId,
    payload: request,
    requestedBy: 'cli',
    requestedAt: Date.now(),
  });
  let command: Command | null = null;
  await world.until(`command ${id} to be answered`, async () => {
    command = await world.record.findCommand(id);
    return command !== null && command.state !== 'QUEUED';
  });
  if (command === null) throw new Error(`command ${id} is gone`);
  return command;
}

async function shown(world: World, id: number) {
  const [detail] = await world.record.findOrder({ id });
  if (detail === undefined) throw new Error(`order ${id} is not in the record`);
  return await readFullOrder(world.record, detail);
}

const CLOSE: ResolveRequest = { action: 'close', reason: 'the broker told me by telephone', by: 'Ann' };
const ACCEPT: ResolveRequest = { action: 'accept-transactions', reason: 'the statement agrees with them' };

describe.concurrent('close', () => {
  it.concurrent('ends an order that has no price for good; who, why and when stay', async (test) => {
    const world = await openWorld(test);
    const id = await orderWith(world, UNPRICED, 'UNPRICED');
    const { state, outcome } = await decide(world, id, CLOSE);
    expect(state).toBe('DONE');
    expect(resolveOutcome.parse(outcome)).toMatchObject({
      action: 'close',
      changed: true,
      before: { status: 'PENDING', outcome: null, flags: ['UNPRICED'] },
      after: { status: 'FAILED', outcome: 'CLOSED_BY_OPERATOR', flags: [] },
    });
    const order = await shown(world, id);
    expect(order.resolution).toMatchObject({ by: 'Ann (cli)', reason: CLOSE.reason });
    expect(order.audit.filter(({ actor }) => actor === 'Ann (cli)').map(({ kind }) => kind)).toEqual([
      'RESOLUTION_CHANGED',
      'STATUS_CHANGED',
      'PRICE_CHANGED',
      'FLAGS_CHANGED',
    ]);
  });

  it.concurrent('is left as it is by the cycles that follow, and by the same command again', async (test) => {
    const world = await openWorld(test);
    const id = await orderWith(world, UNPRICED, 'UNPRICED');
    await decide(world, id, CLOSE);
    const closed = await shown(world, id);
    // Something that the next cycles have to see.
    await orderWith(world, {});
    expect((await decide(world, id, CLOSE)).outcome).toMatchObject({ changed: false });
    expect(await shown(world, id)).toEqual({ ...closed, lastCheckedAt: expect.any(String) });
  });

  it.concurrent('is refused while the broker says that the order is alive, with what to do', async (test) => {
    const world = await openWorld(test);
    const id = await orderWith(world, {});
    const { state, outcome } = await decide(world, id, CLOSE);
    expect(state).toBe('FAILED');
    expect(outcome).toEqual({ problem: expect.stringMatching(/alive \(WORKING\): cancel it there/) });
    expect(await shown(world, id)).toMatchObject({ status: 'PENDING', resolution: null });
  });
});

describe.concurrent('accept the transactions', () => {
  it.concurrent('records the fills that the report lacks, and completes the order', async (test) => {
    const world = await openWorld(test);
    const id = await orderWith(world, HALF_SHOWN, 'FILLS_DO_NOT_SUM');
    const { state, outcome } = await decide(world, id, ACCEPT);
    expect({ state, outcome }).toMatchObject({
      state: 'DONE',
      outcome: {
        before: { status: 'PENDING', flags: ['FILLS_DO_NOT_SUM'] },
        after: { status: 'COMPLETED', outcome: 'FILLED', filledQuantity: '10', averagePrice: '22.73596' },
        fillsAdded: 1,
        fillsWithdrawn: 0,
      },
    });
    expect(await shown(world, id)).toMatchObject({
      sum: '227.3596',
      fills: [{ quantity: '4' }, { quantity: '6', price: '22.74' }],
      verification: { verdict: 'VERIFIED', recordSum: '227.3596', transactionsSum: '227.3596' },
      audit: expect.arrayContaining([expect.objectContaining({ kind: 'FILL_RECORDED', actor: 'cli' })]),
    });
  });

  it.concurrent('takes back fills that the books do not have, and keeps them', async (test) => {
    const world = await openWorld(test);
    const script = { fills: [{ afterMs: 0, quantity: '10', price: '22.7299' }], transactions: { price: '22.9' } };
    const id = await orderWith(world, script);
    await world.until('the fill', async () => (await shown(world, id)).status === 'COMPLETED');
    expect((await decide(world, id, ACCEPT)).outcome).toMatchObject({ fillsAdded: 1, fillsWithdrawn: 1 });
    const order = await shown(world, id);
    expect(order).toMatchObject({ averagePrice: '22.9', status: 'COMPLETED' });
    expect(order.fills).toMatchObject([{ price: '22.9', version: 2 }]);
    expect(order.withdrawnFills).toMatchObject([{ price: '22.7299', version: 1 }]);
  });

  it.concurrent('is refused when there are none, and when they show nothing else', async (test) => {
    const world = await openWorld(test);
    const missing = await orderWith(world, { ...UNPRICED, transactions: { missing: true } }, 'UNPRICED');
    expect(await decide(world, missing, ACCEPT)).toMatchObject({
      state: 'FAILED',
      outcome: { problem: 'The transactions hold no execution of this order.' },
    });
    const agreed = await orderWith(world, { fills: [{ afterMs: 0, quantity: '10', price: '22.7299' }] });
    await world.until('the fill', async () => (await shown(world, agreed)).status === 'COMPLETED');
    expect((await decide(world, agreed, ACCEPT)).outcome).toMatchObject({
      problem: expect.stringContaining('nothing to accept'),
    });
  });

  it.concurrent('fails with the reason when the broker does, and changes nothing', async (test) => {
    const world = await openWorld(test);
    const id = await orderWith(world, HALF_SHOWN, 'FILLS_DO_NOT_SUM');
    world.simulator.setFaults([{ kind: 'status-500', path: '/transactions' }]);
    // On a machine that stands still the time for it may run out between two tries.
    const errorKind: unknown = expect.stringMatching(/^(server|timeout)$/);
    expect(await decide(world, id, ACCEPT)).toMatchObject({ state: 'FAILED', outcome: { errorKind } });
    expect(await shown(world, id)).toMatchObject({ status: 'PENDING', fills: [{ quantity: '4' }] });
  });
});

describe.concurrent('link', () => {
  it.concurrent('makes a chain of two orders, and takes it apart again', async (test) => {
    const world = await openWorld(test);
    const old = await orderWith(world, { quantity: '10', fills: [{ afterMs: 0, quantity: '4', price: '22.5' }] });
    await world.until('its fill', async () => (await shown(world, old)).fills.length === 1);
    const next = await orderWith(world, { quantity: '5' });
    const other = await orderWith(world, {});
    const link = { action: 'link', replaces: old, reason: 'changed on the site' } as const;
    expect((await decide(world, next, link)).outcome).toMatchObject({
      changed: true,
      before: { replaces: null },
      after: { replaces: old },
    });
    const order = await shown(world, next);
    expect(order.chain.map(({ id }) => id)).toEqual([old, next]);
    expect(order.chainLinks).toEqual([{ from: old, to: next, basis: 'OPERATOR' }]);
    expect(order.chainTotals).toEqual({ filledQuantity: '4', sum: '90', averagePrice: '22.5' });
    expect(order.audit.at(-1)).toMatchObject({
      kind: 'RESOLUTION_CHANGED',
      actor: 'cli',
      before: { replaces: null },
      after: { replaces: old, basis: 'OPERATOR', reason: 'changed on the site' },
    });

    expect((await decide(world, next, link)).outcome).toMatchObject({ changed: false });
    expect(await decide(world, other, link)).toMatchObject({
      state: 'FAILED',
      outcome: { code: 'SECOND_SUCCESSOR', problem: expect.stringContaining(`replaced by ${next}`) },
    });
    expect(await decide(world, old, { ...link, replaces: next })).toMatchObject({ outcome: { code: 'CIRCLE' } });
    expect(await decide(world, old, { ...link, replaces: old })).toMatchObject({ outcome: { code: 'ITSELF' } });
    expect(await decide(world, old, { ...link, replaces: 4711 })).toMatchObject({
      state: 'FAILED',
      outcome: { problem: expect.stringContaining('no order 4711') },
    });

    const apart = { action: 'unlink', reason: 'they are two orders' } as const;
    expect((await decide(world, next, apart)).outcome).toMatchObject({
      before: { replaces: old },
      after: { replaces: null },
    });
    expect((await shown(world, next)).chain.map(({ id }) => id)).toEqual([next]);
  });

  it.concurrent('overrules what is inferred', async (test) => {
    const world = await openWorld(test);
    const old = await orderWith(world, {
      quantity: '10',
      fills: [{ afterMs: 0, quantity: '4', price: '22.5' }],
      replacedBy: { afterMs: 200, limitPrice: '22.8' },
    });
    await world.until('the replacement', async () => (await shown(world, old)).chain.length === 2);
    const order = await shown(world, old);
    const successor = order.chain[1]?.id ?? 0;
    expect(order.chainLinks).toEqual([{ from: old, to: successor, basis: 'INFERRED' }]);
    expect(order.chainTotals).toMatchObject({ filledQuantity: '4', sum: '90' });
    await decide(world, successor, { action: 'unlink', reason: 'that was another order' });
    expect(await shown(world, old)).toMatchObject({ chain: [{ id: old }], chainLinks: [], chainTotals: null });
  });
});

it.concurrent('a command without a reason, or with words that nobody knows, is refused', async (test) => {
  const world = await openWorld(test);
  const id = await orderWith(world, {});
  // Not as the contract has it: another program wrote it.
  const odd = [{ action: 'close' }, { action: 'cancel', reason: 'x' }] as unknown as ResolveRequest[];
  for (const request of odd) expect(await decide(world, id, request)).toMatchObject({ state: 'FAILED' });
});

it.concurrent('an order that the database refuses is answered with its reason, not as tracked', async (test) => {
  const world = await openWorld(test);
  const id = await world.track('0123');
  await world.until('the answer', async () => (await world.record.findCommand(id))?.state !== 'QUEUED');
  expect(await world.record.findCommand(id)).toMatchObject({
    state: 'FAILED',
    outcome: { problem: expect.stringMatching(/^the record refused it: .+/) },
  });
  expect(await world.record.findOrder({ brokerOrderId: '0123' })).toEqual([]);
});

it.concurrent('a command whose answer was lost is answered when it is carried out again, and done once', async (test) => {
  const world = await createWorld(test);
  let lost = 0;
  await world.startPoller({
    record: (db) => ({
      ...db,
      commitPollCycle: (commit) => {
        if (commit.commands.length === 0 || lost === 1) return db.commitPollCycle(commit);
        lost += 1;
        return Promise.reject(new Error('killed between the effect and its answer'));
      },
    }),
  });
  const id = await orderWith(world, UNPRICED, 'UNPRICED');
  expect(await decide(world, id, CLOSE)).toMatchObject({ state: 'DONE', outcome: { changed: false } });
  expect(lost).toBe(1);
  const { audit, resolution } = await shown(world, id);
  expect(resolution).toMatchObject({ reason: CLOSE.reason });
  expect(audit.filter(({ kind }) => kind === 'RESOLUTION_CHANGED')).toHaveLength(1);
});

it.concurrent('a sign-in goes before commands that waited longer: its code is short-lived', async (test) => {
  const world = await createWorld(test);
  const { heard: before, stop } = await world.startPoller();
  await world.until('a first cycle', () => before.cycleEnded.length > 0);
  await stop();
  await world.track('4001');
  await world.record.enqueueCommand({
    kind: 'SIGN_IN',
    accountId: null,
    brokerOrderId: null,
    orderId: null,
    payload: { redirect: 'https://127.0.0.1/?code=x' },
    requestedBy: 'test',
    requestedAt: Date.now(),
  });
  const { heard } = await world.startPoller();
  await world.until('both answers', () => heard.commandAnswered.length === 2);
  expect(heard.commandAnswered.map(({ kind }) => kind)).toEqual(['SIGN_IN', 'TRACK']);
});
