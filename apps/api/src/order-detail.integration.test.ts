/** What else one order can be asked for: its replacement chain, what was taken back, and what was known at an instant. */
import { fullOrder, orderAsKnown, problem } from '@fill-tracker/contract';
import { decimal, type ReportedOrder } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { buildTestApi, type TestApi } from './testing/api.ts';
import { NOW, openTestRecord, type TestRecord } from './testing/record.ts';

const at = (second: number): number => MONDAY_TEN + second * 1_000;
const time = (second: number): string => new Date(at(second)).toISOString();

function replaced(overrides: Partial<ReportedOrder>): ReportedOrder {
  return orderOf({ brokerStatus: 'REPLACED', ...overrides });
}

const FIRST = replaced({
  brokerOrderId: '2001',
  filledQuantity: decimal('40'),
  closeTime: at(10),
  activities: [fillActivity({ price: '22.73', quantity: '40', second: 5 })],
});
const SECOND = orderOf({
  brokerOrderId: '2002',
  brokerStatus: 'FILLED',
  quantity: decimal('60'),
  filledQuantity: decimal('60'),
  enteredAt: at(10),
  closeTime: at(20),
  activities: [fillActivity({ price: '22.75', quantity: '60', second: 20 })],
});

async function openWith(...orders: readonly ReportedOrder[]): Promise<TestRecord & TestApi> {
  const record = await openTestRecord();
  for (const order of orders) await record.report([order]);
  return { ...record, ...(await buildTestApi({ record: record.db })) };
}

async function detailOf(api: TestApi, id: number) {
  return fullOrder.strict().parse((await api.app.inject(`/api/orders/${id}`)).json());
}

describe('a replacement chain', () => {
  it('is inferred, oldest first, with what it traded as one order', async () => {
    const api = await openWith(FIRST, SECOND);
    for (const id of [1, 2]) {
      expect(await detailOf(api, id)).toMatchObject({
        id,
        chain: [{ brokerOrderId: '2001' }, { brokerOrderId: '2002' }],
        chainLinks: [{ from: 1, to: 2, basis: 'INFERRED' }],
        chainTotals: { filledQuantity: '100', sum: '2274.2', averagePrice: '22.742' },
        chainAmbiguous: [],
      });
    }
  });

  it('names the candidates where nothing tells which, and follows a person who does', async () => {
    const rival = { ...SECOND, brokerOrderId: '2003', activities: [], filledQuantity: decimal('0'), closeTime: null };
    const api = await openWith(FIRST, SECOND, { ...rival, brokerStatus: 'WORKING' });
    expect(await detailOf(api, 3)).toMatchObject({
      chain: [{ id: 3 }],
      chainLinks: [],
      chainTotals: null,
      chainAmbiguous: [{ from: { id: 1 }, candidates: [{ id: 2 }, { id: 3 }] }],
    });
    await api.note({
      links: [{ orderId: 3, replacesOrderId: 1, reason: 'seen on the site', by: 'Ann', at: NOW }],
    });
    expect(await detailOf(api, 1)).toMatchObject({
      chain: [{ id: 1 }, { id: 3 }],
      chainLinks: [{ from: 1, to: 3, basis: 'OPERATOR' }],
      chainAmbiguous: [],
    });
    expect((await detailOf(api, 2)).chain).toHaveLength(1);
  });
});

it('shows fills that were taken back apart from those that count, and the verdict with both numbers', async () => {
  const api = await openWith({ ...SECOND, brokerStatus: 'WORKING', quantity: decimal('100') });
  const trade = fillActivity({ price: '22.75', quantity: '60', second: 20, activityId: '7' });
  const correction = {
    ...fillActivity({ price: '22.74', quantity: '60', second: 21, activityId: '7' }),
    executionType: 'CORRECTED',
  };
  await api.report([{ ...SECOND, activities: [trade, correction] }], { at: NOW + 1 });
  await api.note({
    verifications: [
      {
        orderId: 1,
        verdict: 'VERIFIED',
        recordQuantity: decimal('60'),
        recordSum: decimal('1364.4'),
        transactionsQuantity: decimal('60'),
        transactionsSum: decimal('1364.4'),
        fees: decimal('0.02'),
        detail: null,
        checkedAt: NOW + 2,
      },
    ],
  });
  expect(await detailOf(api, 1)).toMatchObject({
    averagePrice: '22.74',
    sum: '1364.4',
    flags: ['FILLS_AMENDED'],
    fills: [{ price: '22.74', version: 2 }],
    withdrawnFills: [{ price: '22.75', version: 1, withdrawnAt: new Date(NOW + 1).toISOString() }],
    verification: { verdict: 'VERIFIED', recordSum: '1364.4', transactionsSum: '1364.4', fees: '0.02' },
  });
});

describe('as known at an instant', () => {
  async function openWithHistory() {
    const record = await openTestRecord();
    const half = { filledQuantity: decimal('40'), activities: FIRST.activities };
    await record.report([orderOf()], { at: at(1) });
    await record.report([orderOf(half)], { at: at(6) });
    await record.report([orderOf({ ...half, brokerStatus: 'CANCELED', closeTime: at(30) })], { at: at(31) });
    const api = await buildTestApi({ record: record.db, clock: { now: () => at(60) } });
    return {
      api,
      known: async (text: string) =>
        orderAsKnown
          .strict()
          .parse((await api.app.inject(`/api/orders/1?asKnownAt=${encodeURIComponent(text)}`)).json()),
    };
  }

  it('is the order as the record had it then', async () => {
    const { known } = await openWithHistory();
    expect(await known(time(1))).toMatchObject({ known: { status: 'PENDING', fills: [], averagePrice: null } });
    expect(await known(time(6))).toMatchObject({
      asKnownAt: time(6),
      recordedSince: time(1),
      known: {
        status: 'PENDING',
        brokerStatus: 'WORKING',
        filledQuantity: '40',
        averagePrice: '22.73',
        terms: { quantity: '100', orderType: 'LIMIT' },
        fills: [{ price: '22.73', quantity: '40', version: 1, occurredAt: time(5) }],
      },
    });
    expect(await known('2026-01-05T10:00:59-05:00')).toMatchObject({
      known: { status: 'COMPLETED', outcome: 'PARTIALLY_FILLED', brokerStatus: 'CANCELED' },
    });
  });

  it('says when the record did not have it yet', async () => {
    const { known } = await openWithHistory();
    expect(await known(time(0))).toMatchObject({ id: 1, recordedSince: time(1), known: null });
  });

  it.each(['tomorrow', '2026-01-05', '2026-01-05T15:00:00', '9999-01-05T15:00:00Z', '2026-02-30T15:00:00Z', ''])(
    'refuses the instant %j',
    async (text) => {
      const { api } = await openWithHistory();
      const answer = await api.app.inject(`/api/orders/1?asKnownAt=${encodeURIComponent(text)}`);
      expect(answer.statusCode).toBe(400);
      expect(problem.strict().parse(answer.json()).errors).toMatchObject([{ in: 'query', name: 'asKnownAt' }]);
    },
  );

  it('refuses an instant that is still to come, and an order that is not there', async () => {
    const { api } = await openWithHistory();
    const answer = await api.app.inject(`/api/orders/1?asKnownAt=${time(61)}`);
    expect(answer.statusCode).toBe(400);
    expect(problem.parse(answer.json()).detail).toContain('still to come');
    expect((await api.app.inject(`/api/orders/9?asKnownAt=${time(6)}`)).statusCode).toBe(404);
  });
});
