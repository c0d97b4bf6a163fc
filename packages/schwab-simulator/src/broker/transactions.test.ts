import { describe, expect, it } from 'vitest';
import { aFill, anOrder, aSpread, aSpreadFill, ENTERED_AT } from '../testing/order-builder.ts';
import { reportOrder } from './report-order.ts';
import { reportTransaction } from './report-transaction.ts';
import { renderJson } from './schwab-json.ts';
import { NOTHING_FURTHER, type SimulatedOrder } from './simulated-order.ts';
import { transactionsOf } from './transactions.ts';

const FILLS = [aFill(1_000, '4', '22.7299'), aFill(2_000, '6', '22.7301')];

function withTransactions(change: Partial<SimulatedOrder['transactions']>, order: Partial<SimulatedOrder> = {}) {
  const { oddities: _, ...rest } = order;
  return anOrder({ fills: FILLS, ...rest, transactions: { ...NOTHING_FURTHER.transactions, ...change } });
}

function shownAfter(order: SimulatedOrder, afterMs: number): string[] {
  return transactionsOf(order, ENTERED_AT + afterMs).map(({ quantity, price }) => `${quantity}@${price}`);
}

function reported(order: SimulatedOrder) {
  return transactionsOf(order, ENTERED_AT + 100_000).map((trade): unknown =>
    JSON.parse(renderJson(reportTransaction(order, trade))),
  );
}

describe('the transactions of an order', () => {
  it.each([
    ['as they trade', withTransactions({}), 1_000, ['4@22.7299']],
    ['after a delay', withTransactions({ delayMs: 500 }), 1_499, []],
    ['after a delay', withTransactions({ delayMs: 500 }), 2_499, ['4@22.7299']],
    ['never', withTransactions({ missing: true }), 100_000, []],
    ['at another price', withTransactions({ price: '9' }), 100_000, ['4@9', '6@9']],
    [
      'with one more',
      withTransactions({ extra: [{ at: ENTERED_AT + 3_000, quantity: '1', price: '5' }] }),
      3_000,
      ['4@22.7299', '6@22.7301', '1@5'],
    ],
  ])('appear %s', (_how, order, afterMs, shown) => {
    expect(shownAfter(order, afterMs)).toEqual(shown);
  });

  it('show what the order’s report never does', () => {
    const hidden = anOrder({ fills: FILLS.map((fill) => ({ ...fill, shownFrom: 'never' as const })) });
    expect(shownAfter(hidden, 100_000)).toEqual(['4@22.7299', '6@22.7301']);
  });

  it('follow a correction, and drop a bust', () => {
    const correct = (kind: 'CORRECTED' | 'BUSTED') => ({ at: ENTERED_AT + 3_000, kind, price: '22.5' });
    const order = anOrder({
      fills: FILLS.map((fill, index) => ({ ...fill, correction: correct(index === 0 ? 'CORRECTED' : 'BUSTED') })),
    });
    expect(shownAfter(order, 2_999)).toEqual(['4@22.7299', '6@22.7301']);
    expect(shownAfter(order, 3_000)).toEqual(['4@22.5']);
  });

  it('carry the activity ids of the order’s report', () => {
    const order = anOrder({ fills: FILLS });
    const now = ENTERED_AT + 100_000;
    const report: { orderActivityCollection: { activityId: number }[] } = JSON.parse(
      renderJson(reportOrder(order, now)),
    );
    expect(transactionsOf(order, now).map(({ activityId }) => Number(activityId))).toEqual(
      report.orderActivityCollection.map(({ activityId }) => activityId),
    );
  });
});

describe('a transaction’s report', () => {
  it('has money going out for shares coming in, and no fee on a purchase', () => {
    expect(reported(anOrder({ fills: [aFill(1_234, '10', '22.7299')] }))).toEqual([
      expect.objectContaining({
        time: '2025-08-29T17:15:18+0000',
        tradeDate: '2025-08-29',
        type: 'TRADE',
        status: 'VALID',
        orderId: 1004055538153,
        netAmount: -227.299,
        transferItems: [
          expect.objectContaining({
            instrument: expect.objectContaining({ assetType: 'EQUITY', symbol: 'GME' }),
            amount: 10,
            cost: -227.299,
            price: 22.7299,
            positionEffect: 'OPENING',
          }),
        ],
      }),
    ]);
  });

  it('has one transaction for each leg, with fees by the contract', () => {
    const order = aSpread({ quantity: '2', fills: [aSpreadFill(1_000, '2', ['2.06', '0.86'])] });
    const [sold, bought] = reported(order);
    expect(sold).toMatchObject({
      netAmount: 410.66,
      transferItems: [
        { feeType: 'COMMISSION', amount: 1.3, cost: -1.3 },
        { feeType: 'OPT_REG_FEE', amount: 0.04, cost: -0.04 },
        { amount: -2, cost: 412, price: 2.06 },
      ],
    });
    expect(bought).toMatchObject({ netAmount: -173.34, transferItems: [{}, {}, { amount: 2, cost: -172 }] });
  });

  it('takes a fee off a sale, rounded up to a cent', () => {
    const order = anOrder({ instruction: 'SELL', fills: [aFill(1_000, '10', '22.7299')] });
    expect(reported(order)).toMatchObject([
      { netAmount: 227.289, transferItems: [{ feeType: 'SEC_FEE', amount: 0.01 }, {}] },
    ]);
  });
});
