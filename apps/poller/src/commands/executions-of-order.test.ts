import { decimal, type TradeTransaction } from '@fill-tracker/domain';
import { legOf, MONDAY_TEN, orderOf, recordedFillOf } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import { executionsOfOrder } from './executions-of-order.ts';

function tradeOf(overrides: Partial<TradeTransaction> = {}): TradeTransaction {
  return {
    activityId: '7',
    orderId: '1000000000001',
    symbol: 'GME',
    price: decimal('22.7299'),
    quantity: decimal('10'),
    cost: null,
    fees: decimal('0'),
    occurredAt: MONDAY_TEN + 1_000,
    ...overrides,
  };
}

const CALL = legOf({ legId: '2', symbol: 'NVDA  281215C00180000' });
const spread = { facts: orderOf({ legs: [legOf(), CALL] }), fills: [] };
const single = { facts: orderOf(), fills: [] };

it('finds the leg by its symbol, however it is padded', () => {
  const executions = executionsOfOrder(spread, [tradeOf(), tradeOf({ symbol: 'NVDA 281215C00180000' })]);
  expect(executions).toMatchObject([{ legId: '1', activityId: '7' }, { legId: '2' }]);
});

it('leaves out what moved nothing, such as a fee on its own', () => {
  expect(executionsOfOrder(single, [tradeOf({ quantity: decimal('0'), price: null })])).toEqual([]);
});

it('keeps the time that the record has of the same activity', () => {
  const fill = recordedFillOf({ price: '22.7299', quantity: '10', activityId: '7', second: 9 });
  const later = tradeOf({ occurredAt: MONDAY_TEN + 60_000 });
  expect(executionsOfOrder({ ...single, fills: [fill] }, [later])).toMatchObject([{ occurredAt: MONDAY_TEN + 9_000 }]);
  expect(executionsOfOrder(single, [later])).toMatchObject([{ occurredAt: MONDAY_TEN + 60_000 }]);
});

it.each([
  ['without a price', single, tradeOf({ price: null }), 'has no price'],
  ['at a price of zero', single, tradeOf({ price: decimal('0') }), 'has no price'],
  ['of another symbol', single, tradeOf({ symbol: 'AMC' }), 'fits no leg'],
  ['without a symbol, of several legs', spread, tradeOf({ symbol: null }), 'fits several legs'],
  [
    'of two legs alike',
    { facts: orderOf({ legs: [legOf(), legOf({ legId: '2' })] }), fills: [] },
    tradeOf(),
    'several',
  ],
])('refuses all of it for a transaction %s', (_what, order, odd, problem) => {
  expect(executionsOfOrder(order, [tradeOf(), odd])).toEqual({ problem: expect.stringContaining(problem) });
});
