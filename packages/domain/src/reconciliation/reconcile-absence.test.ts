import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import { fillActivity, MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { reconcileAbsence, VISIBILITY_GRACE_MS } from './reconcile-absence.ts';
import { reconcileOrder } from './reconcile-order.ts';
import type { Reconciliation } from './reconciliation.ts';

const NEW = newlyKnownOrder('1000000000001', 'TRACKED', MONDAY_TEN);

/** The last of so many answers, a second apart, that the broker does not know the order. */
function absent(known: KnownOrder, times: number, from: number): Reconciliation {
  const first = reconcileAbsence(known, from);
  return times === 1 ? first : absent(first.order, times - 1, from + 1_000);
}

const PAST_GRACE = MONDAY_TEN + VISIBILITY_GRACE_MS + 1;

describe('reconcileAbsence', () => {
  it('counts an answer and says since when, without a word of alarm', () => {
    const once = reconcileAbsence(NEW, PAST_GRACE);
    expect(once.order.absence).toEqual({ count: 1, since: PAST_GRACE });
    expect(once).toMatchObject({ isChanged: true, audit: [], discrepancies: [], newFills: [], identifiedFills: [] });
    expect(once.order.state).toEqual(NEW.state);
  });

  it('marks the order at the third answer in a row', () => {
    expect(absent(NEW, 2, PAST_GRACE).order.state.flags).toEqual([]);
    const third = absent(NEW, 3, PAST_GRACE);
    expect(third.order.state).toEqual({ ...NEW.state, flags: ['NOT_FOUND'] });
    expect(third.discrepancies.map(({ flag }) => flag)).toEqual(['NOT_FOUND']);
    expect(third.audit).toMatchObject([
      { kind: 'NOT_FOUND', before: null, after: { answers: 3, since: new Date(PAST_GRACE).toISOString() } },
    ]);
  });

  it('gives a new order time to appear, however often it is asked for', () => {
    const early = absent(NEW, 50, MONDAY_TEN + 1_000);
    expect(early.order.state.flags).toEqual([]);
    expect(reconcileAbsence(early.order, MONDAY_TEN + VISIBILITY_GRACE_MS).order.state.flags).toEqual([]);
    expect(reconcileAbsence(early.order, PAST_GRACE).order.state.flags).toEqual(['NOT_FOUND']);
  });

  it('writes nothing more once the mark is set', () => {
    const marked = absent(NEW, 3, PAST_GRACE);
    expect(reconcileAbsence(marked.order, PAST_GRACE + 60_000)).toMatchObject({
      isChanged: false,
      audit: [],
      discrepancies: [],
    });
  });

  it('leaves every fact, fill, price and status of the order as it was', () => {
    const fill = fillActivity({ price: '22.7', quantity: '40' });
    const report = orderOf({ filledQuantity: decimal('40'), activities: [fill] });
    const known = reconcileOrder(NEW, report, MONDAY_TEN, MONDAY_TEN).order;
    const { order } = absent(known, 3, PAST_GRACE);
    expect({ ...order, absence: null, state: { ...order.state, flags: [] } }).toEqual(known);
  });

  it('starts from one again after a sighting', () => {
    const missing = absent(NEW, 3, PAST_GRACE).order;
    const seen = reconcileOrder(missing, orderOf(), PAST_GRACE + 5_000, PAST_GRACE + 5_000).order;
    expect(reconcileAbsence(seen, PAST_GRACE + 9_000).order.absence).toEqual({ count: 1, since: PAST_GRACE + 9_000 });
  });
});
