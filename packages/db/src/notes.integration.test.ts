import { closeOrder, decimal, newlyKnownOrder, replayAudit } from '@fill-tracker/domain';
import { orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { presentFullOrder } from './present/present-order.ts';
import type { Sighting } from './sightings.ts';
import { asItStands, commitOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';
import type { Verification } from './verifications.ts';

const MINUTE = 60_000;

const VERDICT: Verification = {
  verdict: 'DISAGREE',
  recordQuantity: decimal('100'),
  recordSum: decimal('2270'),
  transactionsQuantity: decimal('100'),
  transactionsSum: decimal('2271.5'),
  fees: decimal('-0.01'),
  detail: { legs: [{ symbol: 'GME' }] },
  checkedAt: NOW,
};

async function openWith(...ids: string[]) {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(
    commitOf(fencing, { orders: ids.map((brokerOrderId) => firstReport(orderOf({ brokerOrderId }))) }),
  );
  return { db, fencing };
}

describe('rechecks', () => {
  it('are due by their time, the longest waiting first, until there are no more', async () => {
    const { db, fencing } = await openWith('101', '102');
    const due = async (at: number, limit = 10) =>
      (await db.loadDueRechecks(at, limit)).map(({ order, settledAt }) => [order.known.brokerOrderId, settledAt]);
    const rechecks = [
      { orderId: 1, settledAt: NOW, dueAt: NOW + 2 * MINUTE },
      { accountId: 'A1', brokerOrderId: '102', settledAt: NOW + 1, dueAt: NOW + MINUTE },
    ];
    expect((await db.commitPollCycle(commitOf(fencing, { rechecks }))).refusedNotes).toEqual([]);
    expect(await due(NOW)).toEqual([]);
    expect(await due(NOW + MINUTE)).toEqual([['102', NOW + 1]]);
    expect(await due(NOW + 2 * MINUTE)).toEqual([
      ['102', NOW + 1],
      ['101', NOW],
    ]);
    expect(await due(NOW + 2 * MINUTE, 1)).toHaveLength(1);

    const next = [
      { orderId: 2, settledAt: NOW + 1, dueAt: NOW + 9 * MINUTE },
      { accountId: 'A1', brokerOrderId: '101', settledAt: NOW, dueAt: null },
    ];
    await db.commitPollCycle(commitOf(fencing, { rechecks: next }));
    expect(await due(NOW + 2 * MINUTE)).toEqual([]);
    expect(await due(NOW + 9 * MINUTE)).toEqual([['102', NOW + 1]]);
  });

  it('may be of an order that is new in the same commit, and go with one that is refused', async () => {
    const { db, fencing } = await openForCycles();
    const orders = ['101', 'x'].map((brokerOrderId) => firstReport(orderOf({ brokerOrderId })));
    const rechecks = ['101', 'x'].map((brokerOrderId) => ({
      accountId: 'A1',
      brokerOrderId,
      settledAt: NOW,
      dueAt: NOW,
    }));
    const result = await db.commitPollCycle(commitOf(fencing, { orders, rechecks }));
    expect(result.refused).toHaveLength(1);
    expect(result.refusedNotes).toEqual([
      {
        about: 'recheck of order x of account A1',
        problem: 'no such order in the record: order x of account A1',
      },
    ]);
    expect((await db.loadDueRechecks(NOW, 10)).map(({ order }) => order.known.brokerOrderId)).toEqual(['101']);
  });

  it('are not written by a former holder of the lease', async () => {
    const { db, fencing } = await openWith('101');
    const rechecks = [{ orderId: 1, settledAt: NOW, dueAt: NOW }];
    await expect(db.commitPollCycle(commitOf(fencing - 1, { rechecks }))).rejects.toMatchObject({
      code: 'STALE_LEASE',
    });
    expect(await db.loadDueRechecks(NOW, 10)).toEqual([]);
  });
});

describe('a verdict', () => {
  it('is given back as it was saved, the last one for an order', async () => {
    const { db, fencing } = await openWith('101');
    const save = (verification: Verification) =>
      db.commitPollCycle(commitOf(fencing, { verifications: [{ orderId: 1, ...verification }] }));
    await save({ ...VERDICT, verdict: 'UNPRICED', transactionsSum: null, fees: null, detail: null });
    await save(VERDICT);
    const [order] = await db.findOrder({ id: 1 });
    expect(order?.verification).toEqual(VERDICT);
    expect(order && presentFullOrder(order, null)).toMatchObject({
      verification: { verdict: 'DISAGREE', recordSum: '2270', transactionsSum: '2271.5', fees: '-0.01' },
      chain: [{ verdict: 'DISAGREE' }],
    });
  });

  it('that the database refuses is left out, and named', async () => {
    const { db, fencing } = await openWith('101', '102', '103');
    const odd = { ...VERDICT, recordSum: decimal('-1') };
    const verifications = [1, 2, 3].map((orderId) => ({ orderId, ...(orderId === 2 ? odd : VERDICT) }));
    const { refusedNotes } = await db.commitPollCycle(commitOf(fencing, { verifications }));
    expect(refusedNotes).toEqual([
      { about: 'verdict on order 2', problem: expect.stringContaining('verifications_record_sum_decimal') },
    ]);
    const verdicts = (await db.findOrders({ limit: 9 })).map(({ verification }) => verification?.verdict ?? null);
    expect(verdicts).toEqual(['DISAGREE', null, 'DISAGREE']);
  });
});

describe('what people say of replacements', () => {
  it('is kept by account, oldest first; a later word on an order takes the place of the earlier', async () => {
    const { db, fencing } = await openWith('101', '102', '103');
    const link = { reason: 'seen on the site', by: 'operator' };
    const say = (orderId: number, replacesOrderId: number | null, at: number) =>
      db.commitPollCycle(commitOf(fencing, { links: [{ orderId, replacesOrderId, at, ...link }] }));
    await say(3, 2, NOW);
    await say(2, null, NOW + 1);
    await say(3, 1, NOW + 2);
    expect(await db.loadOrderLinks('A1')).toEqual([
      { orderId: 2, replacesOrderId: null, at: NOW + 1, ...link },
      { orderId: 3, replacesOrderId: 1, at: NOW + 2, ...link },
    ]);
    expect(await db.loadOrderLinks('A2')).toEqual([]);
    expect((await say(2, 1, NOW + 3)).refusedNotes).toEqual([
      expect.objectContaining({ about: 'replacement link of order 2' }),
    ]);
  });
});

describe('sightings', () => {
  const seen = (brokerOrderId: string, overrides: Partial<Sighting> = {}): Sighting => ({
    accountId: 'A1',
    brokerOrderId,
    symbol: 'GME',
    instruction: 'BUY',
    quantity: decimal('100'),
    brokerStatus: 'WORKING',
    enteredAt: NOW - MINUTE,
    seenAt: NOW,
    ...overrides,
  });

  it('keep when an order was first seen, and what was seen of it last', async () => {
    const { db, fencing } = await openWith();
    await db.commitPollCycle(commitOf(fencing, { sightings: [seen('101'), seen('102')] }));
    const later = seen('101', { brokerStatus: 'FILLED', seenAt: NOW + MINUTE });
    await db.commitPollCycle(commitOf(fencing, { sightings: [later] }));
    expect(await db.listSightings(1)).toEqual([
      {
        accountId: 'A1',
        brokerOrderId: '101',
        symbol: 'GME',
        instruction: 'BUY',
        quantity: decimal('100'),
        brokerStatus: 'FILLED',
        enteredAt: NOW - MINUTE,
        firstSeenAt: NOW,
        lastSeenAt: NOW + MINUTE,
      },
    ]);
    expect(await db.listSightings(9)).toHaveLength(2);
  });

  it('end when the order is in the record', async () => {
    const { db, fencing } = await openWith('101');
    await db.commitPollCycle(commitOf(fencing, { sightings: [seen('101'), seen('102'), seen('103')] }));
    await db.upsertAccount({ hash: 'HASH-2', maskedNumber: '...1234' });
    const elsewhere = firstReport(orderOf({ brokerOrderId: '103' }), { accountId: 'A2' });
    await db.commitPollCycle(
      commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '102' })), elsewhere] }),
    );
    expect((await db.listSightings(9)).map(({ brokerOrderId }) => brokerOrderId)).toEqual(['103']);
  });
});

describe('an order that a person closed', () => {
  it('says who, why and when', async () => {
    const { db, fencing } = await openForCycles();
    const known = newlyKnownOrder('101', 'TRACKED', NOW);
    await db.commitPollCycle(commitOf(fencing, { orders: [asItStands(known)] }));
    const reconciliation = closeOrder(known, { by: 'operator', reason: 'mistyped' }, NOW + MINUTE);
    if ('problem' in reconciliation) throw new Error(reconciliation.problem);
    const order = { id: 1, accountId: 'A1', reconciliation, evidence: null, actor: 'operator' };
    const { refused } = await db.commitPollCycle(commitOf(fencing, { orders: [order] }));
    expect(refused).toEqual([]);
    const [detail] = await db.findOrder({ id: 1 });
    expect(detail?.known).toEqual(reconciliation.order);
    expect(detail && presentFullOrder(detail, null)).toMatchObject({
      status: 'FAILED',
      outcome: 'CLOSED_BY_OPERATOR',
      resolution: { by: 'operator', reason: 'mistyped', at: new Date(NOW + MINUTE).toISOString() },
    });
  });
});

it('gives the trail of an order as it was at an instant', async () => {
  const { db, fencing } = await openWith('101', '102');
  const [stored] = await db.loadOrdersByBrokerIds('A1', ['101']);
  if (stored === undefined) throw new Error('The record has no order');
  const reconciliation = closeOrder({ ...stored.known, facts: null }, { by: 'operator', reason: 'gone' }, NOW);
  if ('problem' in reconciliation) throw new Error(reconciliation.problem);
  const order = { id: 1, accountId: 'A1', reconciliation, evidence: null, actor: 'operator' };
  await db.commitPollCycle(commitOf(fencing, { orders: [order], committedAt: NOW + MINUTE }));

  const asOf = async (at: number) => {
    const trail = await db.auditOfOrderUntil(1, at);
    expect(trail.every(({ orderId }) => orderId === 1)).toBe(true);
    expect(trail.map(({ seq }) => seq)).toEqual(trail.map(({ seq }) => seq).toSorted((a, b) => a - b));
    return replayAudit(trail);
  };
  expect(await asOf(NOW)).toMatchObject({ status: 'PENDING', brokerStatus: null });
  expect(await asOf(NOW + 300)).toMatchObject({ status: 'PENDING', brokerStatus: 'WORKING' });
  expect(await asOf(NOW + MINUTE)).toMatchObject({ status: 'FAILED', outcome: 'CLOSED_BY_OPERATOR' });
});
