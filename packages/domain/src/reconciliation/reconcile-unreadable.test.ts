import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import { fillActivity, MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { reconcileAbsence, VISIBILITY_GRACE_MS } from './reconcile-absence.ts';
import { reconcileOrder } from './reconcile-order.ts';
import { reconcileUnreadable } from './reconcile-unreadable.ts';
import type { Reconciliation } from './reconciliation.ts';
import { acceptExecutions, closeOrder, type Refusal } from './resolve-order.ts';

const LATER = MONDAY_TEN + VISIBILITY_GRACE_MS + 60_000;
const PROBLEM = 'order.quantity is below zero: -1';
const NEW = newlyKnownOrder('1000000000001', 'TRACKED', MONDAY_TEN);
const PART = orderOf({
  brokerStatus: 'WORKING',
  filledQuantity: decimal('40'),
  activities: [fillActivity({ price: '22.73', quantity: '40' })],
});
const DECISION = { by: 'operator', reason: 'trade confirmation' };

const reported = (known: KnownOrder, at: number, report = PART): KnownOrder =>
  reconcileOrder(known, report, at, at).order;
const unreadable = (known: KnownOrder, at: number): Reconciliation => reconcileUnreadable(known, PROBLEM, at);

function orderAfter(decided: Reconciliation | Refusal): KnownOrder {
  if ('problem' in decided) throw new Error(decided.problem);
  return decided.order;
}

describe('a report that cannot be read', () => {
  it('flags the order and says what is wrong with it; all else stands', () => {
    const known = reported(NEW, MONDAY_TEN);
    const { order, audit, discrepancies, ...fills } = unreadable(known, LATER);
    expect(order).toEqual({ ...known, state: { ...known.state, flags: ['REPORT_UNREADABLE'] } });
    expect(discrepancies.map(({ flag }) => flag)).toEqual(['REPORT_UNREADABLE']);
    expect(audit).toEqual([
      {
        kind: 'FLAGS_CHANGED',
        before: { flags: '' },
        after: { flags: 'REPORT_UNREADABLE' },
        reason: `the broker's answer cannot be read: ${PROBLEM}`,
      },
    ]);
    expect(fills).toEqual({ isChanged: true, newFills: [], identifiedFills: [], withdrawnFills: [] });
  });

  it('raises its flag once; each other text of it is evidence', () => {
    const { order } = unreadable(NEW, LATER);
    expect(unreadable(order, LATER + 1_000)).toMatchObject({ order, isChanged: true, audit: [], discrepancies: [] });
  });

  it('shows that the broker knows the order', () => {
    let known = NEW;
    for (let answer = 0; answer < 3; answer += 1) known = reconcileAbsence(known, LATER + answer).order;
    expect(known.state.flags).toEqual(['NOT_FOUND']);
    const { order } = unreadable(known, LATER + 3);
    expect([order.absence, order.state.flags]).toEqual([null, ['REPORT_UNREADABLE']]);
  });

  it('says nothing when a newer one was read', () => {
    const known = reported(NEW, LATER);
    expect(unreadable(known, LATER - 1)).toMatchObject({ order: known, isChanged: false });
  });

  it('is over with the next one that can be read, and not with an older one', () => {
    const { order } = unreadable(reported(NEW, LATER), LATER + 1_000);
    expect(reported(order, LATER - 1).state.flags).toEqual(['REPORT_UNREADABLE']);
    expect(reported(order, LATER + 2_000).state.flags).toEqual([]);
  });

  it('leaves the order for a person to close, and does not raise it again', () => {
    for (const known of [NEW, reported(NEW, MONDAY_TEN)]) {
      const { order } = unreadable(known, LATER);
      const closed = orderAfter(closeOrder(order, DECISION, LATER + 1_000));
      expect(closed.state).toMatchObject({ outcome: 'CLOSED_BY_OPERATOR', flags: [] });
      expect(unreadable(closed, LATER + 2_000)).toMatchObject({ order: closed, isChanged: false });
    }
  });

  it('reopens an order that was closed meanwhile, when it turns out to be as alive as it was', () => {
    const { order } = unreadable(reported(NEW, MONDAY_TEN), LATER);
    const closed = orderAfter(closeOrder(order, DECISION, LATER + 1_000));
    expect(reported(closed, LATER + 2_000)).toMatchObject({ state: { status: 'PENDING' }, resolution: null });
  });

  it('leaves the order closed for as long as nothing newer is told', () => {
    const { order } = unreadable(reported(NEW, MONDAY_TEN), LATER);
    const closed = orderAfter(closeOrder(order, DECISION, LATER + 1_000));
    expect(closed.resolution?.brokerStatus).toBeNull();
    expect(reported(closed, MONDAY_TEN - 1)).toEqual(closed);
    const executions = closed.fills.map((fill) => ({ ...fill, key: 'other', price: decimal('22.74') }));
    const amended = orderAfter(acceptExecutions(closed, executions, DECISION, LATER + 2_000));
    expect(amended.state.outcome).toBe('CLOSED_BY_OPERATOR');
  });

  it('is over when the broker does not know the order any more', () => {
    let { order } = unreadable(NEW, LATER);
    for (let answer = 1; answer <= 3; answer += 1) order = reconcileAbsence(order, LATER + answer).order;
    expect(order.state.flags).toEqual(['NOT_FOUND']);
  });

  it('is not made readable by what the account’s transactions show', () => {
    const { order } = unreadable(reported(NEW, MONDAY_TEN), LATER);
    const executions = order.fills.map((fill) => ({ ...fill, key: 'other', price: decimal('22.74') }));
    const after = orderAfter(acceptExecutions(order, executions, DECISION, LATER + 1_000));
    expect(after.state.flags).toContain('REPORT_UNREADABLE');
  });
});
