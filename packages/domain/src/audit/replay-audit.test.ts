import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import { reconcileAbsence } from '../reconciliation/reconcile-absence.ts';
import { reconcileOrder } from '../reconciliation/reconcile-order.ts';
import { closeOrder } from '../reconciliation/resolve-order.ts';
import { activityOf, fillActivity, MONDAY_TEN, orderOf } from '../testing/builders.ts';
import type { AuditEntry } from './audit-entry.ts';
import { replayAudit } from './replay-audit.ts';

const UNSEEN = newlyKnownOrder('1000000000001', 'TRACKED', MONDAY_TEN);
const HALF = { price: '22.7', quantity: '50' };

/** The trail of three reports: half filled, filled, and the first half busted. */
function trails(): readonly (readonly AuditEntry[])[] {
  const bust = activityOf({ executionType: 'BUSTED', activityId: '7' });
  const both = [fillActivity({ ...HALF, activityId: '7' }), fillActivity({ ...HALF, price: '22.8', activityId: '8' })];
  const reports = [
    orderOf({ filledQuantity: decimal('50'), activities: [fillActivity(HALF)] }),
    orderOf({ brokerStatus: 'FILLED', filledQuantity: decimal('100'), activities: both }),
    orderOf({ brokerStatus: 'CANCELED', filledQuantity: decimal('50'), activities: [...both, bust] }),
  ];
  let known: KnownOrder = UNSEEN;
  return reports.map((reported, i) => {
    const step = reconcileOrder(known, reported, MONDAY_TEN + i * 1_000, MONDAY_TEN + i * 1_000);
    known = step.order;
    return step.audit;
  });
}

describe('replayAudit', () => {
  const [first = [], second = [], third = []] = trails();

  it('knows nothing but that an order is pending before its first entry', () => {
    expect(replayAudit([])).toMatchObject({ status: 'PENDING', brokerStatus: null, fills: [], averagePrice: null });
  });

  it('gives the order as it was known at each moment', () => {
    expect(replayAudit(first)).toMatchObject({
      status: 'PENDING',
      brokerStatus: 'WORKING',
      filledQuantity: '50',
      averagePrice: '22.7',
      terms: { quantity: '100', orderType: 'LIMIT' },
    });
    const filled = replayAudit([...first, ...second]);
    expect(filled).toMatchObject({ status: 'COMPLETED', outcome: 'FILLED', averagePrice: '22.75', sum: '2275' });
    expect(filled.fills.map((fill) => fill['price'])).toEqual(['22.7', '22.8']);
    expect(filled.fills[0]?.['key']).toContain('/a7/');
    const busted = replayAudit([...first, ...second, ...third]);
    expect(busted).toMatchObject({ outcome: 'PARTIALLY_FILLED', averagePrice: '22.8', flags: ['FILLS_AMENDED'] });
    expect(busted.fills.map((fill) => fill['price'])).toEqual(['22.8']);
  });

  it('knows of orders that were not found, and of those that a person closed', () => {
    let known: KnownOrder = UNSEEN;
    const trail: AuditEntry[] = [];
    for (let i = 0; i < 3; i += 1) {
      const step = reconcileAbsence(known, MONDAY_TEN + 100_000 + i);
      known = step.order;
      trail.push(...step.audit);
    }
    expect(replayAudit(trail).flags).toEqual(['NOT_FOUND']);
    const closed = closeOrder(known, { by: 'operator', reason: 'a test' }, MONDAY_TEN + 200_000);
    if ('problem' in closed) throw new Error(closed.problem);
    expect(replayAudit([...trail, ...closed.audit])).toMatchObject({
      status: 'FAILED',
      outcome: 'CLOSED_BY_OPERATOR',
      flags: [],
    });
  });
});
