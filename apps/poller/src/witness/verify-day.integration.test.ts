import { dayVerification } from '@fill-tracker/contract';
import { tradingDateAt } from '@fill-tracker/domain';
import { type ScriptedOrderInput, startSimulator } from '@fill-tracker/schwab-simulator';
import { describe, expect, it } from 'vitest';
import { verify } from '../cli/verify.ts';
import { runOnce } from '../loop/run-once.ts';
import type { PollerConfig } from '../config/poller-config.ts';
import { capturedOutput } from '../testing/captured-output.ts';
import { createWorld, type OwningTest, type World } from '../testing/world.ts';

const HOUR = 3_600_000;
const never = new AbortController().signal;

/** Orders that are over before anybody looks. */
const ENTERED = {
  symbol: 'GME',
  instruction: 'SELL',
  orderType: 'MARKET',
  quantity: '10',
  enteredAfterMs: -2_000,
} as const;
const FOUR = { afterMs: -2_000, quantity: '4', price: '22.7299' };
const THREE = { afterMs: -2_000, quantity: '3', price: '22.7301' };
const CANCELED = { afterMs: -1_000, status: 'CANCELED' } as const;
const PART: ScriptedOrderInput = { ...ENTERED, orderId: '1001', fills: [FOUR], ending: CANCELED };
const WHOLE: ScriptedOrderInput = { ...ENTERED, orderId: '1001', fills: [FOUR, THREE], ending: CANCELED };
const OTHER_PRICE: ScriptedOrderInput = { ...PART, fills: [{ ...FOUR, price: '22.73' }] };
const ANOTHER: ScriptedOrderInput = {
  ...ENTERED,
  orderId: '1002',
  symbol: 'AAPL',
  fills: [{ ...FOUR, quantity: '10' }],
};

/** A record made while the broker told one story, and a broker that tells another one now. */
async function dayOf(test: OwningTest, recorded: readonly ScriptedOrderInput[], truth: readonly ScriptedOrderInput[]) {
  const world = await createWorld(test);
  for (const order of recorded) world.script(order);
  await runOnce(await world.preparePoller(), never);
  const broker = await startSimulator({ port: 0 });
  test.onTestFinished(() => broker.close());
  for (const order of truth) broker.script(order);
  const date = tradingDateAt(Date.now() - 2_000);
  const verifyAt = (brokerUrl: string) => verifyDate(world, date, { brokerUrl });
  return { world, broker, verifyNow: () => verifyAt(broker.url), verifyThen: () => verifyAt(world.simulator.url) };
}

async function verifyDate(world: World, date: string, config: Partial<PollerConfig> = {}, account?: string) {
  const poller = await world.preparePoller({ config });
  const { output, values, notes } = capturedOutput();
  const status = await verify(poller, { date, isJson: true, ...(account && { account }) }, never, output);
  expect(values).toHaveLength(1);
  return { status, day: dayVerification.parse(values[0]), notes };
}

async function flagsOf(world: World, brokerOrderId: string) {
  const { known, verification } = await world.order(brokerOrderId);
  return { flags: known.state.flags, verdict: verification?.verdict ?? null };
}

describe.concurrent('a day on which all agree', () => {
  it.concurrent('is certified, kept, and hashed the same each time', async (test) => {
    const { world, verifyNow } = await dayOf(test, [WHOLE, ANOTHER], [WHOLE, ANOTHER]);
    const { status, day } = await verifyNow();
    expect(status).toBe(0);
    expect(day).toMatchObject({
      orders: 2,
      fills: 3,
      shares: { quantity: '17', notional: '386.4089' },
      fees: '0.03',
      verdicts: { VERIFIED: 2, ONE_SOURCE: 0, DISAGREE: 0, UNPRICED: 0 },
      differences: [],
      isStored: true,
      leaseHolder: null,
    });
    expect(await flagsOf(world, '1001')).toEqual({ flags: [], verdict: 'VERIFIED' });
    expect((await world.order('1001')).verification?.fees?.toFixed()).toBe('0.02');
    expect((await verifyNow()).day).toEqual(day);
    expect((await world.record.readLease()).owner).toBeNull();
  });

  it.concurrent('with every way in which an order can end', async (test) => {
    const world = await createWorld(test);
    const poller = await world.startPoller();
    world.runScenario('endings', 3_000);
    await world.untilRecordEqualsTruth();
    await poller.stop();
    const { status, day } = await verifyDate(world, tradingDateAt(Date.now()));
    expect(day.differences).toEqual([]);
    expect(status).toBe(0);
    expect(day.verdicts.VERIFIED).toBe(day.orders);
  });
});

describe.concurrent('a day with a planted fault', () => {
  it.concurrent('names a fill that the record lacks, raises the alarm, and touches no fill', async (test) => {
    const { world, verifyNow, verifyThen } = await dayOf(test, [PART], [WHOLE]);
    const before = await world.order('1001');
    const { status, day } = await verifyNow();
    expect(status).toBe(1);
    expect(day.differences).toEqual([
      {
        kind: 'QUANTITY_DIFFERS',
        account: 'A1',
        brokerOrderId: '1001',
        symbol: 'GME',
        record: { executions: 1, quantity: '4', sum: '90.9196' },
        broker: { executions: 2, quantity: '7', sum: '159.1099' },
      },
    ]);
    expect(await flagsOf(world, '1001')).toEqual({ flags: ['TRANSACTIONS_DISAGREE'], verdict: 'DISAGREE' });
    const after = await world.order('1001');
    expect(after.known.fills).toEqual(before.known.fills);
    expect(after.audit.at(-1)?.reason).toBe(
      "the account's transactions differ: GME: 7 for 159.1099 USD there, 4 for 90.9196 USD in the record",
    );
    await verifyThen();
    expect(await flagsOf(world, '1001')).toEqual({ flags: [], verdict: 'VERIFIED' });
  });

  it.concurrent('names a fill that only the record has', async (test) => {
    const { verifyNow } = await dayOf(test, [WHOLE], [PART]);
    const { status, day } = await verifyNow();
    expect(status).toBe(1);
    expect(day.differences).toMatchObject([
      { kind: 'QUANTITY_DIFFERS', brokerOrderId: '1001', record: { quantity: '7' }, broker: { quantity: '4' } },
    ]);
  });

  it.concurrent('names a wrong price, with both', async (test) => {
    const { verifyNow, verifyThen } = await dayOf(test, [PART], [OTHER_PRICE]);
    const { status, day } = await verifyNow();
    expect(status).toBe(1);
    expect(day.differences).toMatchObject([
      { kind: 'PRICE_DIFFERS', symbol: 'GME', record: { sum: '90.9196' }, broker: { sum: '90.92' } },
    ]);
    expect(day.hash).toBe((await verifyThen()).day.hash);
  });

  it.concurrent('names orders that one side does not know at all', async (test) => {
    const { world, verifyNow } = await dayOf(test, [PART], [ANOTHER]);
    const { status, day } = await verifyNow();
    expect(status).toBe(1);
    expect(day.differences).toMatchObject([
      { kind: 'EXTRA_IN_RECORD', brokerOrderId: '1001', record: { quantity: '4' }, broker: { executions: 0 } },
      { kind: 'MISSING_IN_RECORD', brokerOrderId: '1002', record: null, broker: { quantity: '10' } },
    ]);
    // Books are written late: their silence is told, and is no contradiction yet.
    expect(await flagsOf(world, '1001')).toEqual({ flags: [], verdict: 'ONE_SOURCE' });
  });

  it.concurrent('expects no foreign orders where only named ones are tracked', async (test) => {
    const { world, broker } = await dayOf(test, [PART], [PART, ANOTHER]);
    const date = tradingDateAt(Date.now() - 2_000);
    const { status, day } = await verifyDate(world, date, { brokerUrl: broker.url, discoversOrders: false });
    expect({ status, orders: day.orders, differences: day.differences }).toEqual({
      status: 0,
      orders: 1,
      differences: [],
    });
  });
});

describe.concurrent('what a date has to do with it', () => {
  it.concurrent('an order of several dates counts for each by what traded then, and is judged by all of it', async (test) => {
    const world = await createWorld(test);
    const order = world.script({
      ...ENTERED,
      enteredAfterMs: -72 * HOUR,
      fills: [{ ...FOUR, afterMs: -72 * HOUR }, THREE],
      ending: CANCELED,
    });
    const poller = await world.preparePoller();
    await runOnce(poller, never);
    await world.track(order);
    await runOnce(poller, never);
    const today = await verifyDate(world, tradingDateAt(Date.now() - 2_000));
    expect(today).toMatchObject({ status: 0, day: { fills: 1, shares: { quantity: '3' }, verdicts: { VERIFIED: 1 } } });
    expect((await world.order(order)).verification).toMatchObject({
      verdict: 'VERIFIED',
      detail: { basis: 'EXECUTIONS' },
    });
    expect((await world.order(order)).verification?.recordQuantity?.toFixed()).toBe('7');
    const then = await verifyDate(world, tradingDateAt(Date.now() - 72 * HOUR));
    expect(then).toMatchObject({ status: 0, day: { fills: 1, shares: { quantity: '4' }, verdicts: { VERIFIED: 1 } } });
  });

  it.concurrent('a date that the list does not reach back to is held against transactions alone', async (test) => {
    const world = await createWorld(test);
    const { status, day, notes } = await verifyDate(world, tradingDateAt(Date.now() - 90 * 24 * HOUR));
    expect({ status, isListed: day.isListed }).toEqual({ status: 0, isListed: false });
    expect(notes.join()).toContain('too far back');
  });

  it.concurrent.for([
    ['a date that has not begun', tradingDateAt(Date.now() + 48 * HOUR), 'has not begun'],
    ['a date that is none', '2026-02-30', 'must be a New York date'],
  ] as const)('%s is refused', async ([, date, message], test) => {
    const world = await createWorld(test);
    await expect(verifyDate(world, date)).rejects.toThrow(message);
  });
});

describe.concurrent('trouble', () => {
  it.concurrent('a poller at work alone writes the record: the verdicts are only told', async (test) => {
    const { world } = await dayOf(test, [PART], []);
    const { poller } = await world.startPoller();
    await world.until('the lease', async () => (await world.record.readLease()).owner === poller.owner);
    const { status, day, notes } = await verifyDate(world, tradingDateAt(Date.now() - 2_000));
    expect({ status, isStored: day.isStored, leaseHolder: day.leaseHolder }).toEqual({
      status: 0,
      isStored: false,
      leaseHolder: poller.owner,
    });
    expect(notes.join()).toContain(poller.owner);
    expect((await flagsOf(world, '1001')).verdict).toBeNull();
  });

  it.concurrent.for(['/orders', '/transactions'])(
    'an answer of %s that does not come leaves nothing written',
    async (path, test) => {
      const { world, verifyThen } = await dayOf(test, [PART], []);
      world.simulator.setFaults([{ kind: 'status-500', path }]);
      await expect(verifyThen()).rejects.toMatchObject({ name: 'SchwabError', kind: 'server' });
      expect((await flagsOf(world, '1001')).verdict).toBeNull();
      expect((await world.record.readLease()).owner).toBeNull();
    },
  );

  it.concurrent('an order that nobody can read is no clean day', async (test) => {
    const { world, verifyThen } = await dayOf(test, [PART], []);
    world.simulator.setFaults([{ kind: 'malformed-order', path: '/orders', orderId: '1001' }]);
    const { status, day } = await verifyThen();
    expect(status).toBe(1);
    expect(day.unreadable).toMatchObject([{ kind: 'ORDER', id: '1001' }]);
  });

  it.concurrent('an account of several can be looked at alone; an unknown one is refused', async (test) => {
    const world = await createWorld(test, { accounts: 2 });
    world.script({ ...PART, account: '12345678' });
    world.script({ ...ANOTHER, account: '23456789' });
    await runOnce(await world.preparePoller(), never);
    const date = tradingDateAt(Date.now() - 2_000);
    expect((await verifyDate(world, date)).day).toMatchObject({ orders: 2, accounts: [{ id: 'A1' }, { id: 'A2' }] });
    const { day } = await verifyDate(world, date, {}, 'A2');
    expect(day).toMatchObject({ orders: 1, accounts: [{ id: 'A2', maskedNumber: '…789' }] });
    await expect(verifyDate(world, date, {}, 'A9')).rejects.toThrow('no account A9');
  });
});
