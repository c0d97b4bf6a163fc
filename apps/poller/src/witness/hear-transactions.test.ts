import type { StoredOrder } from '@fill-tracker/db';
import { decimal, newlyKnownOrder, type OrderFlag, type TradeTransaction } from '@fill-tracker/domain';
import { type FillInput, MONDAY_TEN, orderOf, recordedFillOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { hearTransactions } from './hear-transactions.ts';

const ID = '1000000000001';
const FOUR: FillInput = { price: '22.7299', quantity: '4', activityId: 'X' };
const THREE: FillInput = { price: '22.7301', quantity: '3', activityId: 'Y' };

function stored(fills: readonly FillInput[], flags: readonly OrderFlag[] = [], isPending = false): StoredOrder {
  const known = newlyKnownOrder(ID, 'DISCOVERED', MONDAY_TEN);
  const state = isPending ? known.state : { ...known.state, status: 'COMPLETED' as const, outcome: 'FILLED' as const };
  return {
    id: 7,
    accountId: 'A1',
    known: {
      ...known,
      facts: orderOf({ filledQuantity: null }),
      fills: fills.map(recordedFillOf),
      state: { ...state, flags },
    },
  };
}

function trades(fills: readonly (Omit<FillInput, 'price'> & { price: string | null })[]): TradeTransaction[] {
  return fills.map(({ price, quantity, activityId = null }) => ({
    activityId,
    orderId: ID,
    symbol: 'GME',
    price: price === null ? null : decimal(price),
    quantity: decimal(quantity),
    cost: null,
    fees: decimal('0.01'),
    occurredAt: MONDAY_TEN,
  }));
}

function hear(order: StoredOrder, transactions: readonly TradeTransaction[]) {
  const [heard] = hearTransactions([order], transactions, MONDAY_TEN);
  if (heard === undefined) throw new Error('nothing was heard');
  const flags = heard.commit?.reconciliation.order.state.flags ?? order.known.state.flags;
  return { heard, verdict: heard.verification?.verdict ?? null, isRaised: flags.includes('TRANSACTIONS_DISAGREE') };
}

describe('hearTransactions', () => {
  it.each<[string, readonly FillInput[], Parameters<typeof trades>[0], string, boolean]>([
    ['the same', [FOUR, THREE], [FOUR, THREE], 'VERIFIED', false],
    ['another price', [FOUR], [{ ...FOUR, price: '22.73' }], 'DISAGREE', true],
    ['a fill more', [FOUR], [FOUR, THREE], 'DISAGREE', true],
    ['a fill less', [FOUR, THREE], [FOUR], 'DISAGREE', true],
    ['fills where the record has none', [], [FOUR], 'ONE_SOURCE', true],
    ['fills without a price where the record has none', [], [{ ...FOUR, price: null }], 'UNPRICED', true],
    ['the same quantity without a price', [FOUR], [{ ...FOUR, price: null }], 'UNPRICED', false],
  ])('the books show %s', (_what, recorded, transacted, verdict, isRaised) => {
    for (const flags of [[], ['TRANSACTIONS_DISAGREE']] as const) {
      expect(hear(stored(recorded, flags), trades(transacted))).toMatchObject({ verdict, isRaised });
    }
  });

  it.each([false, true])('silence leaves the alarm as it is: books are written late (raised: %s)', (isRaised) => {
    const order = stored([FOUR], isRaised ? ['TRANSACTIONS_DISAGREE'] : []);
    expect(hear(order, [])).toMatchObject({ verdict: 'ONE_SOURCE', isRaised, heard: { commit: null } });
  });

  it('raises nothing on an imported order that the broker was not asked about', () => {
    expect(hear(stored([], ['NOT_BACKFILLED']), trades([FOUR]))).toMatchObject({
      verdict: 'ONE_SOURCE',
      isRaised: false,
    });
  });

  it('keeps no verdict on an order that waits, and one on an order that came to nothing', () => {
    expect(hear(stored([], [], true), []).verdict).toBeNull();
    expect(hear(stored([]), []).verdict).toBe('VERIFIED');
  });

  it('touches neither fills nor price, and keeps both numbers', () => {
    const order = stored([FOUR]);
    const { heard } = hear(order, trades([FOUR, THREE]));
    const { order: after, newFills, withdrawnFills } = heard.commit?.reconciliation ?? {};
    expect(after).toEqual({ ...order.known, state: { ...order.known.state, flags: ['TRANSACTIONS_DISAGREE'] } });
    expect({ newFills, withdrawnFills }).toEqual({ newFills: [], withdrawnFills: [] });
    const { recordQuantity, recordSum, transactionsQuantity, transactionsSum, fees } = heard.verification ?? {};
    expect(
      [recordQuantity, recordSum, transactionsQuantity, transactionsSum, fees].map((each) => each?.toFixed()),
    ).toEqual(['4', '90.9196', '7', '159.1099', '0.02']);
  });

  it("takes no other order's transactions", () => {
    const others = trades([THREE]).map((trade) => ({ ...trade, orderId: '2' }));
    expect(hear(stored([FOUR]), [...trades([FOUR]), ...others])).toMatchObject({ verdict: 'VERIFIED' });
  });
});
