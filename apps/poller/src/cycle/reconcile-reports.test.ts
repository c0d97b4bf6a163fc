import { HOUR, newlyKnownOrder } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import { decimal } from '@fill-tracker/domain';
import type { OrderReport } from './order-report.ts';
import { commitOfReport } from './reconcile-reports.ts';

const working = orderOf({ brokerStatus: 'WORKING' });
const filled = orderOf({
  brokerStatus: 'FILLED',
  filledQuantity: decimal('100'),
  activities: [fillActivity({ price: '22.73', quantity: '100' })],
});

const reportAt = (requestedAt: number, order = working): OrderReport => {
  return { accountId: 'A1', requestedAt, correlationId: null, order, text: '{}', hash: 'x' };
};

const stored = { id: 1, accountId: 'A1', known: newlyKnownOrder(working.brokerOrderId, 'TRACKED', MONDAY_TEN) };

it('takes a report for the newest after the clock was set back, whatever version the record has', () => {
  const ahead = MONDAY_TEN + HOUR;
  const { order } = commitOfReport(stored, reportAt(ahead), ahead).reconciliation;
  expect(order.reportedAt).toBe(ahead);
  const now = MONDAY_TEN + 1_000;
  const next = commitOfReport({ ...stored, known: order }, reportAt(now, filled), now).reconciliation.order;
  expect([next.state.status, next.reportedAt]).toEqual(['COMPLETED', now]);
});

it('takes an answer that came late for an older one', () => {
  const { order } = commitOfReport(stored, reportAt(MONDAY_TEN + 2_000, filled), MONDAY_TEN + 2_500).reconciliation;
  const late = commitOfReport({ ...stored, known: order }, reportAt(MONDAY_TEN + 1_000), MONDAY_TEN + 3_000);
  expect(late.reconciliation.isChanged).toBe(false);
});
