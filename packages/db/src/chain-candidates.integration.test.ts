import { decimal, type ReportedOrder } from '@fill-tracker/domain';
import { legOf, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import { presentFullOrder } from './present/present-order.ts';
import { commitOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';

/** An order that lived from one second to another, and was then replaced unless it is said to be last. */
function lived(id: number, from: number, to: number | null, overrides: Partial<ReportedOrder> = {}): ReportedOrder {
  return orderOf({
    brokerOrderId: String(id),
    brokerStatus: to === null ? 'WORKING' : 'REPLACED',
    enteredAt: MONDAY_TEN + from * 1_000,
    closeTime: to === null ? null : MONDAY_TEN + to * 1_000,
    ...overrides,
  });
}

const AMC = { legs: [legOf({ symbol: 'AMC' })] };
const SPREAD = [legOf({ symbol: 'X' }), legOf({ legId: '2', symbol: 'Y' })];

const ORDERS = [
  lived(1, 0, 100),
  lived(2, 101, 4_000),
  // A rival of the second, which could as well follow the first.
  lived(3, 99, null),
  lived(4, 4_010, null),
  lived(5, 4_011, null),
  lived(6, 101, null, AMC),
  lived(7, 200, 300, { legs: SPREAD }),
  lived(8, 301, null, { legs: SPREAD.toReversed() }),
  lived(9, 301, null, { brokerStatus: 'CANCELED', closeTime: MONDAY_TEN + 301_000 }),
  lived(10, 90_000, null),
];

async function openWithOrders() {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(commitOf(fencing, { orders: ORDERS.map((order) => firstReport(order)) }));
  const candidates = async (id: number) => (await db.loadChainCandidates(id)).map((view) => view.id);
  return { db, fencing, candidates };
}

it.each([
  [1, [1, 2, 3, 4]],
  [2, [1, 2, 3, 4]],
  [3, [1, 2, 3, 4]],
  [4, [1, 2, 3, 4]],
  [5, [5]],
  [6, [6]],
  [7, [7, 8]],
  [8, [7, 8]],
  [9, [9]],
  [10, [10]],
])('order %i may be in one chain with %j', async (id, expected) => {
  expect(await (await openWithOrders()).candidates(id)).toEqual(expected);
});

it('follows what people linked, from either end', async () => {
  const { db, fencing, candidates } = await openWithOrders();
  const link = { orderId: 10, replacesOrderId: 4, reason: 'seen on the site', by: 'operator', at: NOW };
  await db.commitPollCycle(commitOf(fencing, { links: [link] }));
  expect(await candidates(10)).toEqual([1, 2, 3, 4, 10]);
  expect(await candidates(1)).toEqual([1, 2, 3, 4, 10]);
});

it('finds orders of the same account only, and none of an order that is not there', async () => {
  const { db, fencing, candidates } = await openWithOrders();
  await db.upsertAccount({ hash: 'HASH-2', maskedNumber: '...1234' });
  const elsewhere = firstReport(lived(1, 101, null), { accountId: 'A2' });
  await db.commitPollCycle(commitOf(fencing, { orders: [elsewhere] }));
  expect(await candidates(1)).toEqual([1, 2, 3, 4]);
  expect(await candidates(99)).toEqual([]);
});

it('is bounded, and has the order itself however many there are', async () => {
  const { db, fencing } = await openForCycles();
  const orders = Array.from({ length: 700 }, (_, n) => lived(n + 1, n, n + 1));
  await db.commitPollCycle(commitOf(fencing, { orders: orders.map((order) => firstReport(order)) }));
  const found = await db.loadChainCandidates(350);
  expect(found).toHaveLength(500);
  expect(found.map(({ id }) => id)).toContain(350);
});

it('shows the chain that is handed over', async () => {
  const { db } = await openWithOrders();
  const [detail] = await db.findOrder({ id: 2 });
  const orders = await db.loadChainCandidates(2);
  if (detail === undefined) throw new Error('The record has no order');
  const totals = { filledQuantity: decimal('100'), sum: decimal('2270.5'), averagePrice: null };
  const shown = presentFullOrder(detail, null, { orders, links: [{ from: 1, to: 2, basis: 'INFERRED' }], totals });
  expect(shown.chain.map(({ brokerOrderId }) => brokerOrderId)).toEqual(['1', '2', '3', '4']);
  expect(shown.chainLinks).toEqual([{ from: 1, to: 2, basis: 'INFERRED' }]);
  expect(shown.chainTotals).toEqual({ filledQuantity: '100', sum: '2270.5', averagePrice: null });
  expect(presentFullOrder(detail, null)).toMatchObject({ chain: [{ id: 2 }], chainLinks: [], chainTotals: null });
});
