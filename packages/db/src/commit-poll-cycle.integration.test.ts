import { decimal, reconcileAbsence, reconcileOrder, type ReportedOrder } from '@fill-tracker/domain';
import { fillActivity, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import type { PollCycleCommit } from './commit-poll-cycle.ts';
import { StaleLeaseError } from './errors.ts';
import type { FillDatabase } from './fill-database.ts';
import { asItStands, commitOf, cycleOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';
import type { OrderCommit } from './write-orders.ts';

const FILLED = orderOf({
  brokerOrderId: '1000000000007',
  brokerStatus: 'FILLED',
  filledQuantity: decimal('100'),
  activities: [
    fillActivity({ price: '22.7299', quantity: '60', remainingAfter: '40' }),
    fillActivity({ price: '22.73', quantity: '40', remainingAfter: '0', second: 2 }),
  ],
});

/** An id that the record refuses. */
const REFUSED = { ...FILLED, brokerOrderId: 'not-a-number' };

const withId = (brokerOrderId: string): ReportedOrder => ({ ...FILLED, brokerOrderId });

/** The next report of an order that the record has. */
async function nextReport(db: FillDatabase, reported: ReportedOrder, requestedAt = NOW + 1_000): Promise<OrderCommit> {
  const [stored] = await db.loadOrdersByBrokerIds('A1', [reported.brokerOrderId]);
  if (stored === undefined) throw new Error(`${reported.brokerOrderId} is not in the record`);
  const reconciliation = reconcileOrder(stored.known, reported, requestedAt, requestedAt + 100);
  return { id: stored.id, accountId: stored.accountId, reconciliation, evidence: null, actor: 'poller' };
}

describe('a new order', () => {
  it('is written with its status, price, legs, fills and audit', async () => {
    const { db, fencing } = await openForCycles();
    const result = await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(FILLED)] }));

    expect(result).toEqual({
      cycleId: 1,
      orders: [{ brokerOrderId: '1000000000007', accountId: 'A1', id: 1 }],
      refused: [],
      refusedNotes: [],
      lastSeq: 7,
    });
    const [order] = await db.findOrder({ id: 1 });
    expect(order?.known.state).toMatchObject({ status: 'COMPLETED', outcome: 'FILLED', priceCents: 2273 });
    expect(order?.known.state.sum?.toFixed()).toBe('2272.994');
    expect(order?.legs.map(({ averagePrice }) => averagePrice?.toFixed())).toEqual(['22.72994']);
    expect(order?.fills.map(({ price, committedAt }) => [price.toFixed(), committedAt])).toEqual([
      ['22.7299', NOW + 300],
      ['22.73', NOW + 300],
    ]);
    expect(order?.firstFillCommittedAt).toBe(NOW + 300);
    expect(order?.audit.map(({ kind }) => kind)).toEqual([
      'ORDER_ADDED',
      'FILL_RECORDED',
      'FILL_RECORDED',
      'BROKER_STATUS_CHANGED',
      'DETAILS_CHANGED',
      'STATUS_CHANGED',
      'PRICE_CHANGED',
    ]);
    expect(order?.audit[0]).toMatchObject({
      seq: 1,
      orderId: 1,
      cycleId: 1,
      actor: 'poller',
      recordedAt: NOW + 300,
      before: null,
      after: { account: 'A1', brokerOrderId: '1000000000007', source: 'DISCOVERED' },
    });
  });

  it('is added before anything is known of it but its id', async () => {
    const { db, fencing } = await openForCycles();
    const { reconciliation } = firstReport(FILLED);
    const order = { ...reconciliation.order, facts: null, reportedAt: null, fills: [] };
    const bare = { ...order, state: { ...order.state, status: 'PENDING' as const, outcome: null, closedAt: null } };
    await db.commitPollCycle(commitOf(fencing, { orders: [asItStands(bare, { actor: 'sam' })] }));

    expect((await db.loadPendingOrders()).map(({ known }) => known.facts)).toEqual([null]);
    expect(await db.listAudit({ limit: 10 })).toMatchObject([{ kind: 'ORDER_ADDED', actor: 'sam' }]);
  });

  it('may be imported without any broker id, many at once, each under an id of its own', async () => {
    const { db, fencing } = await openForCycles();
    const imported = ['11', '12', '13'].map((quantity) => {
      const { order } = firstReport(FILLED).reconciliation;
      const unpriced = { filledQuantity: decimal(quantity), sum: null, averagePrice: null, priceCents: 0 };
      const state = { ...order.state, ...unpriced };
      return asItStands({ ...order, brokerOrderId: '', source: 'IMPORTED', facts: null, fills: [], state });
    });
    const { orders, refused } = await db.commitPollCycle(commitOf(fencing, { orders: imported }));

    expect(refused).toEqual([]);
    const stored = await db.findOrders({ limit: 10 });
    expect(stored.map(({ id, known }) => [id, known.state.filledQuantity?.toFixed()])).toEqual([
      [orders[2]?.id, '13'],
      [orders[1]?.id, '12'],
      [orders[0]?.id, '11'],
    ]);
  });
});

describe('a known order', () => {
  it('changes status and price together', async () => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '7' }))] }));
    await db.commitPollCycle(
      commitOf(fencing, { committedAt: NOW + 2_000, orders: [await nextReport(db, withId('7'))] }),
    );

    const [order] = await db.findOrder({ brokerOrderId: '7' });
    expect(order?.known.state).toMatchObject({ status: 'COMPLETED', priceCents: 2273 });
    expect(order?.lastChangedAt).toBe(NOW + 2_000);
    expect(order?.legs.map(({ filledQuantity }) => filledQuantity.toFixed())).toEqual(['100']);
    expect(await db.loadPendingOrders()).toEqual([]);
  });

  it('takes a finer key for a fill whose activity is named later, and keeps the fill', async () => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(withId('7'))] }));
    const named = withId('7').activities.map((activity, n) => {
      return { ...activity, activityId: `10${n}`, remainingAfter: decimal(`3${n}`) };
    });
    const { refused } = await db.commitPollCycle(
      commitOf(fencing, { orders: [await nextReport(db, { ...withId('7'), activities: named })] }),
    );

    expect(refused).toEqual([]);
    const [order] = await db.findOrder({ brokerOrderId: '7' });
    const learned = order?.fills.map(({ activityId, remainingAfter, committedAt }) => {
      return [activityId, remainingAfter?.toFixed(), committedAt];
    });
    expect(learned).toEqual([
      ['100', '30', NOW + 300],
      ['101', '31', NOW + 300],
    ]);
    expect(order?.fills.every(({ key }) => key.startsWith('1/a10'))).toBe(true);
  });

  it('is not written when it did not change', async () => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(withId('7'))] }));
    const before = await db.findOrder({ brokerOrderId: '7' });
    const result = await db.commitPollCycle(
      commitOf(fencing, { committedAt: NOW + 9_000, orders: [await nextReport(db, withId('7'))] }),
    );

    expect(result.orders).toEqual([{ brokerOrderId: '7', accountId: 'A1', id: 1 }]);
    expect(await db.findOrder({ brokerOrderId: '7' })).toEqual(before);
  });

  it('keeps count of answers that the broker does not know it', async () => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '7' }))] }));
    for (const minute of [1, 2]) {
      const [stored] = await db.loadPendingOrders();
      if (stored === undefined) throw new Error('nothing is pending');
      const reconciliation = reconcileAbsence(stored.known, NOW + minute * 60_000);
      const absent = { id: stored.id, accountId: 'A1', reconciliation, evidence: null, actor: 'poller' };
      await db.commitPollCycle(commitOf(fencing, { orders: [absent] }));
    }
    const [stored] = await db.loadPendingOrders();
    expect(stored?.known.absence).toEqual({ count: 2, since: NOW + 60_000 });
  });

  it('is there once in a cycle: a second state would not rest on the first', async () => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '7' }))] }));
    const commit = await nextReport(db, withId('7'));
    await expect(db.commitPollCycle(commitOf(fencing, { orders: [commit, commit] }))).rejects.toThrow(TypeError);
  });
});

describe('evidence', () => {
  it('is kept once for the same answer', async () => {
    const { db, fencing } = await openForCycles();
    const evidence = { hash: 'abc', body: '{"orderId":7}', requestedAt: NOW, correlationId: 'c-1' };
    await db.commitPollCycle(
      commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '7' }), { evidence })] }),
    );
    const next = { ...(await nextReport(db, withId('7'))), evidence: { ...evidence, correlationId: 'c-2' } };
    await db.commitPollCycle(commitOf(fencing, { orders: [next] }));

    const [order] = await db.findOrder({ brokerOrderId: '7' });
    expect(order?.evidence).toEqual([evidence]);
  });
});

describe('an order that the database refuses', () => {
  it('leaves nothing of itself, and everything of the others', async () => {
    const { db, fencing } = await openForCycles();
    const orders = [withId('1'), withId('2'), REFUSED, withId('3'), withId('4')].map((order) => firstReport(order));
    const result = await db.commitPollCycle(commitOf(fencing, { orders }));

    expect(result.refused).toEqual([
      {
        brokerOrderId: 'not-a-number',
        accountId: 'A1',
        problem: 'CHECK constraint failed: orders_broker_order_id_digits',
      },
    ]);
    expect(result.orders.map(({ brokerOrderId }) => brokerOrderId)).toEqual(['1', '2', '3', '4']);
    expect(await db.countOrders()).toEqual({ pending: 0, completed: 4, failed: 0, attention: 0 });
    const audited = new Set((await db.listAudit({ limit: 100 })).map(({ orderId }) => orderId));
    expect(audited).toEqual(new Set(result.orders.map(({ id }) => id)));
    expect(await db.lastCycles(10)).toHaveLength(1);
  });

  it.each<[string, (commit: OrderCommit) => OrderCommit, string]>([
    ['its price', withoutPrice, 'orders_completed_is_priced'],
    ['its account', (commit) => ({ ...commit, accountId: 'A9' }), 'FOREIGN KEY'],
    ['a time that no record can hold', closingAt(Date.UTC(12_000, 0)), 'years 0 to 9999'],
    ['an id that is not in the record', (commit) => ({ ...commit, id: 99 }), 'no such order'],
    ['an id that its account has already', (commit) => commit, 'UNIQUE constraint failed'],
  ])('is refused for %s and stays as it was', async (_, spoil, problem) => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(withId('7'))] }));
    const before = await db.findOrder({ brokerOrderId: '7' });
    const result = await db.commitPollCycle(commitOf(fencing, { orders: [spoil(firstReport(withId('7')))] }));

    expect(result.refused.map((refused) => refused.problem)).toEqual([expect.stringContaining(problem)]);
    expect(await db.findOrder({ brokerOrderId: '7' })).toEqual(before);
    expect(await db.findOrders({ limit: 10 })).toHaveLength(1);
  });

  it('keeps its former state when only one of its fills is bad', async () => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '7' }))] }));
    const before = await db.findOrder({ brokerOrderId: '7' });
    const good = await nextReport(db, withId('7'));
    const [first, second] = good.reconciliation.newFills;
    if (first === undefined || second === undefined) throw new Error('two fills are needed');
    const newFills = [first, { ...second, price: decimal('0') }];
    const bad = { ...good, reconciliation: { ...good.reconciliation, newFills } };
    const { refused } = await db.commitPollCycle(commitOf(fencing, { orders: [bad, firstReport(withId('8'))] }));

    expect(refused.map(({ problem }) => problem)).toEqual(['CHECK constraint failed: fills_price_positive_decimal']);
    expect(await db.findOrder({ brokerOrderId: '7' })).toEqual(before);
    expect(await db.findOrder({ brokerOrderId: '8' })).toHaveLength(1);
  });
});

function withoutPrice(commit: OrderCommit): OrderCommit {
  const { order } = commit.reconciliation;
  const state = { ...order.state, sum: null, averagePrice: null, priceCents: null };
  return { ...commit, reconciliation: { ...commit.reconciliation, order: { ...order, brokerOrderId: '9', state } } };
}

function closingAt(closedAt: number): (commit: OrderCommit) => OrderCommit {
  return (commit) => {
    const { order } = commit.reconciliation;
    const state = { ...order.state, closedAt };
    return { ...commit, reconciliation: { ...commit.reconciliation, order: { ...order, brokerOrderId: '9', state } } };
  };
}

describe('a former holder of the lease', () => {
  const everything = async (db: FillDatabase): Promise<unknown> => ({
    orders: await db.findOrders({ limit: 10 }),
    audit: await db.listAudit({ limit: 100 }),
    cycles: await db.lastCycles(10),
    commands: await db.findCommand(1),
  });

  const cycleWithEverything = async (db: FillDatabase, fencing: number): Promise<PollCycleCommit> => {
    const id = await db.enqueueCommand({
      kind: 'TRACK',
      accountId: 'A1',
      brokerOrderId: '7',
      orderId: null,
      requestedBy: 'sam',
      requestedAt: NOW,
    });
    const commands = [{ id, state: 'DONE' as const, outcome: {} }];
    return commitOf(fencing, { orders: [firstReport(withId('7'))], commands });
  };

  it('writes nothing after another took it', async () => {
    const { db, fencing } = await openForCycles();
    const commit = await cycleWithEverything(db, fencing);
    await db.acquireLease({ owner: 'poller-2', now: NOW + 60_000, ttlMs: 10_000 });
    const before = await everything(db);

    await expect(db.commitPollCycle(commit)).rejects.toThrow(StaleLeaseError);
    expect(await everything(db)).toEqual(before);
  });

  it('writes nothing after giving it up', async () => {
    const { db, fencing } = await openForCycles();
    const commit = await cycleWithEverything(db, fencing);
    await db.releaseLease({ fencing, now: NOW });
    const before = await everything(db);

    await expect(db.commitPollCycle(commit)).rejects.toThrow(StaleLeaseError);
    expect(await everything(db)).toEqual(before);
  });
});

describe('what else happens meanwhile', () => {
  it('does not become part of a cycle: a lease renewed during a failing commit stays renewed', async () => {
    const { db, fencing } = await openForCycles();
    const broken = firstReport(withId('7'), { actor: '' });
    const spoiled = { ...commitOf(fencing, { orders: [broken] }), cycle: cycleOf({ due: Number.NaN }) };
    const committing = db.commitPollCycle(spoiled);
    const renewing = db.renewLease({ fencing, now: NOW + 5_000, ttlMs: 10_000, progress: { loop: 2 } });

    await expect(committing).rejects.toThrow('due');
    expect(await renewing).toBe(true);
    expect(await db.readLease()).toMatchObject({ expiresAt: NOW + 15_000, progress: { loop: 2 } });
    expect(await db.lastCycles(10)).toEqual([]);
  });

  it('may be written without a cycle', async () => {
    const { db, fencing } = await openForCycles();
    const result = await db.commitPollCycle(commitOf(fencing, { cycle: null, orders: [firstReport(withId('7'))] }));
    expect(result.cycleId).toBeNull();
    expect(await db.lastCycles(10)).toEqual([]);
    expect((await db.listAudit({ limit: 1 })).map(({ cycleId }) => cycleId)).toEqual([null]);
  });
});

describe('a cycle of thousands of orders', () => {
  it('is written and read whole', async () => {
    const { db, fencing } = await openForCycles();
    const ids = Array.from({ length: 2_500 }, (_, n) => String(5_000_000 + n));
    const orders = ids.map((brokerOrderId) => firstReport(orderOf({ brokerOrderId })));
    await db.commitPollCycle(commitOf(fencing, { orders }));

    const pending = await db.loadPendingOrders();
    expect(pending.map(({ known }) => known.brokerOrderId)).toEqual(ids);
    expect(await db.loadOrdersByBrokerIds('A1', ids)).toHaveLength(2_500);
    const filled = pending.map(({ id, known }) => ({
      ...firstReport(withId(known.brokerOrderId)),
      id,
      reconciliation: reconcileOrder(known, withId(known.brokerOrderId), NOW + 1, NOW + 2),
    }));
    const { refused } = await db.commitPollCycle(commitOf(fencing, { orders: filled }));
    expect(refused).toEqual([]);
    expect(await db.countOrders()).toEqual({ pending: 0, completed: 2_500, failed: 0, attention: 0 });
    expect(await db.findOrders({ limit: 2_200 })).toHaveLength(2_200);
  });
});
