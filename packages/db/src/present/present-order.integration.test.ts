import { decimal } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import type { FillDatabase } from '../fill-database.ts';
import type { OrderDetail } from '../orders.ts';
import { commitOf, firstReport, NOW, openForCycles } from '../testing/test-database.ts';
import { presentFullOrder, presentOrder } from './present-order.ts';

async function detailOf(db: FillDatabase): Promise<OrderDetail> {
  const [detail] = await db.findOrder({ id: 1 });
  if (detail === undefined) throw new Error('The record has no order');
  return detail;
}

async function openWith(report: Parameters<typeof orderOf>[0]): Promise<OrderDetail> {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(orderOf(report))], committedAt: NOW }));
  return await detailOf(db);
}

const TWO_FILLS = {
  brokerStatus: 'FILLED',
  filledQuantity: decimal('100'),
  activities: [
    fillActivity({ price: '22.80', quantity: '40', second: 4 }),
    fillActivity({ price: '22.70', quantity: '60', second: 2 }),
  ],
};

it('writes decimals as plain text and instants as ISO, and nothing as a number that a float could round', async () => {
  const order = presentOrder(await openWith(TWO_FILLS), null);
  expect(order).toMatchObject({ quantity: '100', averagePrice: '22.74', sum: '2274', limitPrice: '22.8' });
  expect(order.enteredAt).toBe(new Date(MONDAY_TEN).toISOString());
  const numbers = Object.entries(order).filter(([, value]) => typeof value === 'number');
  expect(numbers.map(([name]) => name)).toEqual(['id', 'priceCents', 'legCount', 'fillCount', 'detectionLatencyMs']);
});

it('measures detection from the last fill to the record of all of them', async () => {
  expect(presentOrder(await openWith(TWO_FILLS), null).detectionLatencyMs).toBe(NOW - (MONDAY_TEN + 4_000));
  expect(presentOrder(await openWith({}), null).detectionLatencyMs).toBeNull();
});

it('a pending order was last checked by the last complete cycle; one that ended, when it changed', async () => {
  const later = NOW + 60_000;
  const pending = await openWith({});
  expect(presentOrder(pending, later).lastCheckedAt).toBe(new Date(later).toISOString());
  expect(presentOrder(pending, null).lastCheckedAt).toBe(new Date(NOW).toISOString());
  expect(presentOrder(pending, NOW - 1).lastCheckedAt).toBe(new Date(NOW).toISOString());
  expect(presentOrder(await openWith(TWO_FILLS), later).lastCheckedAt).toBe(new Date(NOW).toISOString());
});

it('shows fills by broker time, with the leg sums that the average comes from', async () => {
  const order = presentFullOrder(await openWith(TWO_FILLS), null);
  expect(order.fills.map(({ price }) => price)).toEqual(['22.7', '22.8']);
  expect(order.legs).toEqual([expect.objectContaining({ sum: '2274', filledQuantity: '100', averagePrice: '22.74' })]);
  expect(order.chain).toHaveLength(1);
});

it('never shows the account hash', async () => {
  expect(JSON.stringify(presentFullOrder(await openWith(TWO_FILLS), null))).not.toContain('HASH');
});
