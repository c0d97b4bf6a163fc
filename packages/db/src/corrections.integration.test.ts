import { decimal, type ReportedActivity, type ReportedOrder, reconcileOrder } from '@fill-tracker/domain';
import { activityOf, executionLeg, fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FillDatabase } from './fill-database.ts';
import { presentFullOrder, presentOrder } from './present/present-order.ts';
import { commitOf, cycleOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';

const ID = '1000000000001';
const FILLS = [
  fillActivity({ price: '22.7', quantity: '60', activityId: '7' }),
  fillActivity({ price: '22.75', quantity: '40', activityId: '8', second: 2 }),
];
const corrected = (activityId: string, price: string, quantity: string, second: number): ReportedActivity =>
  activityOf({ executionType: 'CORRECTED', activityId, legs: [executionLeg({ price, quantity, second })] });
const busted = (activityId: string): ReportedActivity => activityOf({ executionType: 'BUSTED', activityId });

const report = (activities: readonly ReportedActivity[], overrides: Partial<ReportedOrder> = {}): ReportedOrder =>
  orderOf({ brokerStatus: 'FILLED', filledQuantity: decimal('100'), activities, ...overrides });

/** One report more, into the record; what the core made of it (an unchanged order is not written), and what comes back. */
async function take(db: FillDatabase, fencing: number, reported: ReportedOrder, at: number) {
  const [stored] = await db.loadOrdersByBrokerIds('A1', [ID]);
  if (stored === undefined) throw new Error('The record has no order');
  const reconciliation = reconcileOrder(stored.known, reported, at, at + 100);
  const order = { id: stored.id, accountId: 'A1', reconciliation, evidence: null, actor: 'poller' };
  const { refused } = await db.commitPollCycle(commitOf(fencing, { orders: [order], committedAt: at + 200 }));
  const [loaded] = await db.loadOrdersByBrokerIds('A1', [ID]);
  const told = reconciliation.isChanged ? reconciliation.order : stored.known;
  return { refused, told, loaded: loaded?.known };
}

async function openFilled() {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(
    commitOf(fencing, { cycle: cycleOf({ startedAt: MONDAY_TEN }), orders: [firstReport(report(FILLS))] }),
  );
  return { db, fencing, take: (reported: ReportedOrder, at: number) => take(db, fencing, reported, at) };
}

describe('a fill that the broker corrects', () => {
  it('stays beside its correction, which alone counts', async () => {
    const { db, take: next } = await openFilled();
    const { refused, told, loaded } = await next(report([...FILLS, corrected('7', '22.71', '60', 30)]), NOW + 60_000);
    expect(refused).toEqual([]);
    expect(loaded).toEqual(told);

    const [detail] = await db.findOrder({ id: 1 });
    if (detail === undefined) throw new Error('The record has no order');
    const shown = presentFullOrder(detail, null);
    expect(shown).toMatchObject({ fillCount: 2, averagePrice: '22.726', flags: ['FILLS_AMENDED'] });
    expect(shown.fills.map(({ price, version }) => `${price} v${version}`)).toEqual(['22.75 v1', '22.71 v2']);
    expect(shown.withdrawnFills).toEqual([
      expect.objectContaining({
        price: '22.7',
        version: 1,
        key: shown.fills[1]?.key,
        withdrawnAt: new Date(NOW + 60_100).toISOString(),
      }),
    ]);
    expect(shown.legs).toEqual([expect.objectContaining({ filledQuantity: '100', sum: '2272.6' })]);
  });

  it('was detected when its first version was', async () => {
    const { db, take: next } = await openFilled();
    const latencies = await db.detectionLatenciesSince(MONDAY_TEN);
    await next(report([...FILLS, corrected('7', '22.71', '60', 1)]), NOW + 3_600_000);
    expect((await db.findOrders({ limit: 1 }))[0]?.lastFillCommittedAt).toBe(NOW + 300);
    expect(latencies).toHaveLength(2);
    expect(await db.detectionLatenciesSince(MONDAY_TEN)).toEqual(latencies.slice(1));
  });

  it('loses the verdict that was about the other price', async () => {
    const { db, fencing, take: next } = await openFilled();
    const none = { recordQuantity: null, recordSum: null, transactionsQuantity: null, transactionsSum: null };
    const verdict = { verdict: 'VERIFIED' as const, ...none, fees: null, detail: null, checkedAt: NOW };
    await db.commitPollCycle(commitOf(fencing, { verifications: [{ orderId: 1, ...verdict }] }));
    const [before] = await db.findOrders({ limit: 1 });
    expect(before && presentOrder(before, null).verdict).toBe('VERIFIED');
    await next(report([...FILLS, corrected('7', '22.71', '60', 30)]), NOW + 60_000);
    expect((await db.findOrders({ limit: 1 }))[0]?.verification).toBeNull();
  });
});

describe('an order of which every fill is busted', () => {
  it('fails with its fills on record, whether they ever counted or not', async () => {
    const canceled = { brokerStatus: 'CANCELED', filledQuantity: decimal('0') };
    const bust = report([...FILLS, busted('7'), busted('8')], canceled);
    const { db, fencing, take: next } = await openFilled();
    const { refused, told, loaded } = await next(bust, NOW + 60_000);
    expect(refused).toEqual([]);
    expect(loaded).toEqual(told);
    expect(loaded?.state.status).toBe('FAILED');

    const other = { ...bust, brokerOrderId: '1000000000002' };
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(other)] }));
    const [unseen] = await db.loadOrdersByBrokerIds('A1', [other.brokerOrderId]);
    expect(unseen?.known).toEqual(firstReport(other).reconciliation.order);
    expect(unseen?.known).toMatchObject({ fills: [], withdrawn: [{}, {}], state: { status: 'FAILED' } });
  });
});

const answer = fc.record({
  said: fc.subarray([...FILLS, busted('7'), busted('8')]),
  corrections: fc.array(
    fc.record({
      id: fc.constantFrom('7', '8'),
      cents: fc.integer({ min: 2_260, max: 2_280 }),
      quantity: fc.constantFrom('60', '40', '20'),
      second: fc.integer({ min: 3, max: 40 }),
    }),
    { maxLength: 2 },
  ),
  hidesIds: fc.boolean(),
  minutes: fc.integer({ min: 1, max: 60 }),
});

it('gives back what the core made of any corrections, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 5 }), async (answers) => {
      const { take: next } = await openFilled();
      for (const { said, corrections, hidesIds, minutes } of answers) {
        const amended = corrections.map(({ id, cents, quantity, second }) =>
          corrected(id, (cents / 100).toFixed(2), quantity, second),
        );
        const activities = [...said, ...amended].map((one) => (hidesIds ? { ...one, activityId: null } : one));
        const { refused, told, loaded } = await next(report(activities), NOW + minutes * 60_000);
        expect(refused).toEqual([]);
        expect(loaded).toEqual(told);
      }
    }),
    { numRuns: 40 },
  );
});
