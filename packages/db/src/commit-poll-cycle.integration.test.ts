import { decimal, reconcileAbsence, reconcileOrder } from '@fill-tracker/domain';
import { fillActivity, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { StaleLeaseError } from './errors.ts';
import { commitOf, cycleOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';

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

describe('commitPollCycle', () => {
  it('writes status, price, legs, fills and audit of a new order together', async () => {
    const { db, fencing } = await openForCycles();
    const result = await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(FILLED)] }));

    expect(result.refused).toEqual([]);
    expect(result.orders).toEqual([{ brokerOrderId: '1000000000007', accountId: 'A1', id: 1 }]);
    const [order] = await db.findOrder({ id: 1 });
    expect(order?.known.state).toMatchObject({ status: 'COMPLETED', outcome: 'FILLED', priceCents: 2273 });
    expect(order?.known.state.sum?.toFixed()).toBe('2272.994');
    expect(order?.legs.map(({ averagePrice }) => averagePrice?.toFixed())).toEqual(['22.72994']);
    expect(order?.fills.map(({ price, committedAt }) => [price.toFixed(), committedAt])).toEqual([
      ['22.7299', NOW + 300],
      ['22.73', NOW + 300],
    ]);
    expect(order?.audit.map(({ kind }) => kind)).toEqual([
      'ORDER_ADDED',
      'FILL_RECORDED',
      'FILL_RECORDED',
      'BROKER_STATUS_CHANGED',
      'DETAILS_CHANGED',
      'STATUS_CHANGED',
      'PRICE_CHANGED',
    ]);
    expect(result.lastSeq).toBe(7);
  });

  it('leaves nothing of an order that the database refuses, and everything of the others', async () => {
    const { db, fencing } = await openForCycles();
    const others = ['1000000000001', '1000000000002'].map((brokerOrderId) => firstReport({ ...FILLED, brokerOrderId }));
    const [first, second] = others;
    if (first === undefined || second === undefined) throw new Error('two orders are needed');

    const result = await db.commitPollCycle(commitOf(fencing, { orders: [first, firstReport(REFUSED), second] }));

    expect(result.refused).toEqual([
      {
        brokerOrderId: 'not-a-number',
        accountId: 'A1',
        problem: expect.stringContaining('orders_broker_order_id_digits'),
      },
    ]);
    expect(result.orders.map(({ brokerOrderId }) => brokerOrderId)).toEqual(['1000000000001', '1000000000002']);
    expect(await db.countOrders()).toEqual({ pending: 0, completed: 2, failed: 0, attention: 0 });
    const audit = await db.listAudit({ limit: 100 });
    expect(new Set(audit.map(({ orderId }) => orderId))).toEqual(new Set(result.orders.map(({ id }) => id)));
    expect(await db.lastCycles(10)).toHaveLength(1);
  });
});
