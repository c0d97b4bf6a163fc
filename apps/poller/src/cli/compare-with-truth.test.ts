import type { OrderView } from '@fill-tracker/db';
import { newlyKnownOrder, reconcileOrder } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { decimal } from '@fill-tracker/domain';
import type { TruthOrder } from '@fill-tracker/schwab-simulator';
import { expect, it } from 'vitest';
import { differencesFromTruth } from './compare-with-truth.ts';

const TRUTH: TruthOrder = {
  brokerOrderId: '1000000000001',
  brokerStatus: 'FILLED',
  status: 'COMPLETED',
  filledQuantity: '100',
  averagePrice: '22.72995',
  fills: [
    { price: '22.7299', quantity: '50', occurredAt: '2026-01-05T15:00:01.900Z' },
    { price: '22.73', quantity: '50', occurredAt: '2026-01-05T15:00:01.950Z' },
  ],
};

function recorded(): OrderView {
  const reported = orderOf({
    brokerStatus: 'FILLED',
    filledQuantity: decimal('100'),
    activities: [
      fillActivity({ price: '22.73', quantity: '50', second: 1 }),
      fillActivity({ price: '22.7299', quantity: '50', second: 1 }),
    ],
  });
  const known = newlyKnownOrder(reported.brokerOrderId, 'DISCOVERED', MONDAY_TEN);
  return {
    id: 1,
    accountId: 'A1',
    account: { id: 'A1', maskedNumber: '…678' },
    known: reconcileOrder(known, reported, MONDAY_TEN, MONDAY_TEN).order,
    lastChangedAt: MONDAY_TEN,
    firstFillCommittedAt: MONDAY_TEN,
    lastFillCommittedAt: MONDAY_TEN,
    verification: null,
  };
}

it('finds no difference, whatever the order of the fills of one second', () => {
  expect(differencesFromTruth([recorded()], [TRUTH])).toEqual([]);
});

it.each<[string, Partial<TruthOrder>]>([
  ['another word', { brokerStatus: 'CANCELED' }],
  ['another status', { status: 'PENDING' }],
  ['another quantity', { filledQuantity: '99' }],
  ['an average that is off in the last place', { averagePrice: '22.72995001' }],
  ['no average', { averagePrice: null }],
  ['a fill less', { fills: TRUTH.fills.slice(1) }],
  ['a fill more', { fills: [...TRUTH.fills, ...TRUTH.fills.slice(1)] }],
  ['a fill at another price', { fills: TRUTH.fills.map((fill) => ({ ...fill, price: '22.73' })) }],
  [
    'a fill in another second',
    { fills: TRUTH.fills.map((fill) => ({ ...fill, occurredAt: '2026-01-05T15:00:02.000Z' })) },
  ],
])('finds %s', (_what, other) => {
  expect(differencesFromTruth([recorded()], [{ ...TRUTH, ...other }])).toHaveLength(1);
});

it('finds an order that only one side knows', () => {
  expect(differencesFromTruth([], [TRUTH])).toMatchObject([{ recorded: 'not in the record' }]);
  expect(differencesFromTruth([recorded()], [])).toMatchObject([{ truth: 'unknown to the broker' }]);
});
