import { decimal } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import type { FillDatabase } from '../fill-database.ts';
import type { Looks } from '../looks.ts';
import type { OrderDetail, OrderView } from '../orders.ts';
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

describe('an order was last checked', () => {
  const LATER = NOW + 60_000;
  const SWEEP = { at: NOW + 45_000, from: MONDAY_TEN - 1 };
  const LOOKS: Looks = { completeAt: LATER, listedFrom: MONDAY_TEN, sweep: SWEEP, answeredAt: new Map() };

  const checked = (view: OrderView, looks: Partial<Looks> | null = {}): readonly [number, string | null] => {
    const { lastCheckedAt, lookedAtWith } = presentOrder(view, looks && { ...LOOKS, ...looks });
    return [Date.parse(lastCheckedAt), lookedAtWith];
  };

  it('by the last complete look, when each list shows it', async () => {
    const pending = await openWith({});
    expect(checked(pending)).toEqual([LATER, 'EACH_LOOK']);
    expect(checked(pending, { listedFrom: null })).toEqual([LATER, 'EACH_LOOK']);
    expect(checked(pending, { completeAt: NOW - 1 })).toEqual([NOW, 'EACH_LOOK']);
    expect(checked(pending, { completeAt: null })).toEqual([NOW, 'EACH_LOOK']);
    expect(checked(pending, null)).toEqual([NOW, null]);
  });

  it('by the last one that reached back to it, when it rests from an earlier date', async () => {
    const resting = await openWith({});
    const listedFrom = MONDAY_TEN + 1;
    expect(checked(resting, { listedFrom })).toEqual([SWEEP.at, 'SWEEPS']);
    expect(checked(resting, { listedFrom, sweep: { ...SWEEP, from: listedFrom } })).toEqual([NOW, null]);
    expect(checked(resting, { listedFrom, sweep: null })).toEqual([NOW, null]);
  });

  it('when the broker answered about it alone, when no list shows it', async () => {
    const old = await openWith({ enteredAt: null });
    expect(checked(old)).toEqual([NOW, null]);
    expect(checked(old, { answeredAt: new Map([[old.id, NOW + 30_000]]) })).toEqual([NOW + 30_000, null]);
    expect(checked(old, { answeredAt: new Map([[old.id + 1, NOW + 30_000]]) })).toEqual([NOW, null]);
  });

  it('when it changed, once it has ended', async () => {
    const ended = await openWith(TWO_FILLS);
    expect(checked(ended, { answeredAt: new Map([[ended.id, LATER]]) })).toEqual([NOW, null]);
  });
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
