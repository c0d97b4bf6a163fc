import { decimal } from '@fill-tracker/domain';
import { fillActivity, legOf, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { commitOf, firstReport, openForCycles } from './testing/test-database.ts';

const filled = {
  brokerStatus: 'FILLED',
  filledQuantity: decimal('100'),
  activities: [fillActivity({ price: '22.73', quantity: '100' })],
};

/** Orders 1 to 4: pending GME, completed GME, failed AMC, and FILLED without a price, so pending with a flag. */
async function openWithOrders() {
  const { db, fencing } = await openForCycles();
  await db.upsertAccount({ hash: 'HASH-2', maskedNumber: '...1234' });
  const orders = [
    orderOf({ brokerOrderId: '101' }),
    orderOf({ brokerOrderId: '102', ...filled }),
    orderOf({ brokerOrderId: '103', brokerStatus: 'CANCELED', legs: [legOf({ symbol: 'AMC' })] }),
    orderOf({ brokerOrderId: '104', brokerStatus: 'FILLED', filledQuantity: decimal('100') }),
  ];
  await db.commitPollCycle(commitOf(fencing, { orders: orders.map((order) => firstReport(order)) }));
  return { db, fencing };
}

describe('findOrders', () => {
  it.each([
    [{}, ['104', '103', '102', '101']],
    [{ status: 'PENDING' as const }, ['104', '101']],
    [{ status: 'FAILED' as const }, ['103']],
    [{ attention: true }, ['104']],
    [{ symbol: 'GME' }, ['104', '102', '101']],
    [{ afterId: 3 }, ['102', '101']],
    [{ symbol: 'GME', status: 'PENDING' as const, afterId: 4 }, ['101']],
    [{ limit: 1 }, ['104']],
    [{ limit: 0 }, []],
  ])('with %j gives %j, newest first', async (query, ids) => {
    const { db } = await openWithOrders();
    const found = await db.findOrders({ limit: 10, ...query });
    expect(found.map(({ known }) => known.brokerOrderId)).toEqual(ids);
  });

  it('names the account', async () => {
    const { db } = await openWithOrders();
    const [order] = await db.findOrders({ limit: 1 });
    expect(order).toMatchObject({ accountId: 'A1', account: { id: 'A1', maskedNumber: '...4321' } });
    expect(order?.firstFillCommittedAt).toBeNull();
  });
});

describe('findOrder', () => {
  it('gives both orders when two accounts share a broker id', async () => {
    const { db, fencing } = await openWithOrders();
    const other = firstReport(orderOf({ brokerOrderId: '101' }), { accountId: 'A2' });
    await db.commitPollCycle(commitOf(fencing, { orders: [other] }));
    const found = await db.findOrder({ brokerOrderId: '101' });
    expect(found.map(({ accountId }) => accountId)).toEqual(['A1', 'A2']);
  });

  it('gives nothing for an id that the record does not know', async () => {
    const { db } = await openWithOrders();
    expect(await db.findOrder({ id: 99 })).toEqual([]);
  });
});

describe('countOrders', () => {
  it('counts by status, and those that need attention whatever their status', async () => {
    const { db } = await openWithOrders();
    expect(await db.countOrders()).toEqual({ pending: 2, completed: 1, failed: 1, attention: 1 });
  });
});

describe('listAudit', () => {
  it('resumes after the last entry that a reader saw', async () => {
    const { db } = await openWithOrders();
    const first = await db.listAudit({ limit: 3 });
    const rest = await db.listAudit({ limit: 100, afterSeq: 3 });
    expect(first.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(rest[0]?.seq).toBe(4);
  });

  it('keeps to one order when asked', async () => {
    const { db } = await openWithOrders();
    const entries = await db.listAudit({ limit: 100, orderId: 2 });
    expect(entries[0]?.kind).toBe('ORDER_ADDED');
    expect(new Set(entries.map(({ orderId }) => orderId))).toEqual(new Set([2]));
  });
});

describe('loadOrdersByBrokerIds', () => {
  it('leaves out unknown ids and orders of other accounts', async () => {
    const { db } = await openWithOrders();
    const ids = async (account: string): Promise<string[]> =>
      (await db.loadOrdersByBrokerIds(account, ['101', '103', '999'])).map(({ known }) => known.brokerOrderId);
    expect(await ids('A1')).toEqual(['101', '103']);
    expect(await ids('A2')).toEqual([]);
  });
});
