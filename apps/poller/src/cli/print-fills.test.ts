import { decimal, newlyKnownOrder, reconcileOrder, type ReportedOrder } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import { printFills } from './print-fills.ts';

function printed(reported: ReportedOrder): string[] {
  const lines: string[] = [];
  const ignore = (): void => undefined;
  const known = newlyKnownOrder(reported.brokerOrderId, 'DISCOVERED', MONDAY_TEN);
  const { order, newFills, discrepancies } = reconcileOrder(known, reported, MONDAY_TEN, MONDAY_TEN);
  const { orderChanged } = printFills({ line: (text) => void lines.push(text), json: ignore, note: ignore });
  orderChanged?.({ orderId: 7, order, newFills, discrepancies, blindSpot: null, committedAt: MONDAY_TEN + 1_234 });
  return lines;
}

it('prints each new fill, and how the order stands with it', () => {
  const reported = orderOf({
    brokerStatus: 'FILLED',
    quantity: decimal('3'),
    filledQuantity: decimal('3'),
    activities: [
      fillActivity({ price: '22.7', quantity: '1' }),
      fillActivity({ price: '22.75', quantity: '2', second: 1 }),
    ],
  });
  expect(printed(reported)).toEqual([
    '15:00:01.234  #7  BUY 3 GME             fill 1 @ 22.7',
    '15:00:01.234  #7  BUY 3 GME             fill 2 @ 22.75',
    '15:00:01.234  #7  BUY 3 GME             FILLED  3 at average 22.73333333 (2 fills)',
  ]);
});

it('prints what wants attention', () => {
  expect(printed(orderOf({ brokerStatus: 'FILLED', filledQuantity: decimal('100') }))).toEqual([
    '15:00:01.234  #7  BUY 100 GME           FILLED  ! UNPRICED',
  ]);
});
