import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import type { ReportedActivity, ReportedOrder } from '../order/reported-order.ts';
import { cancelActivity, fillActivity, fillOf, legOf, MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { reconcileAbsence } from './reconcile-absence.ts';
import { reconcileOrder } from './reconcile-order.ts';
import type { Reconciliation } from './reconciliation.ts';
import { acceptExecutions, closeOrder, hearWitness, type Refusal } from './resolve-order.ts';

const UNSEEN = newlyKnownOrder('1000000000001', 'TRACKED', MONDAY_TEN);
const DECISION = { by: 'operator', reason: 'the broker confirmed it by phone' };
const LATER = MONDAY_TEN + 3_600_000;

function known(
  brokerStatus: string,
  filledQuantity: string,
  activities: readonly ReportedActivity[],
  overrides: Partial<ReportedOrder> = {},
  before = UNSEEN,
  at = MONDAY_TEN + 10_000,
): KnownOrder {
  const order = orderOf({ brokerStatus, filledQuantity: decimal(filledQuantity), activities, ...overrides });
  return reconcileOrder(before, order, at, at).order;
}

function done(result: Reconciliation | Refusal): Reconciliation {
  if ('problem' in result) throw new Error(result.problem);
  return result;
}

function refusal(result: Reconciliation | Refusal): string {
  return 'problem' in result ? result.problem : 'not refused';
}

function written({ state, fills }: KnownOrder): string {
  const counted = fills.map((fill) => `${decimalText(fill.quantity)}@${decimalText(fill.price)}`);
  return [state.status, state.outcome, ...state.flags, ...counted].filter(Boolean).join(' ');
}

const partly = known('FILLED', '100', [fillActivity({ quantity: '60', price: '22.7' })]);
const unpriced = known('FILLED', '100', []);

describe('closeOrder', () => {
  it('completes an order with the fills that it has, at their own price', () => {
    const { order, audit } = done(closeOrder(partly, DECISION, LATER));
    expect(written(order)).toBe('COMPLETED CLOSED_BY_OPERATOR 60@22.7');
    expect(order.state).toMatchObject({ filledQuantity: decimal('60'), averagePrice: decimal('22.7') });
    expect(audit.map((entry) => [entry.kind, entry.after])).toContainEqual([
      'RESOLUTION_CHANGED',
      { by: 'operator', reason: 'the broker confirmed it by phone' },
    ]);
    expect(audit[0]?.reason).toBe('closed by operator: the broker confirmed it by phone');
  });

  it('fails an order that has none, and invents no price', () => {
    const { order } = done(closeOrder(unpriced, DECISION, LATER));
    expect(written(order)).toBe('FAILED CLOSED_BY_OPERATOR');
    expect(order.state).toMatchObject({ averagePrice: null, priceCents: null, closedAt: LATER });
  });

  it('closes an order of which the broker never told anything', () => {
    let lost: KnownOrder = UNSEEN;
    for (let i = 0; i < 3; i += 1) lost = reconcileAbsence(lost, LATER + i).order;
    const { order } = done(closeOrder(lost, DECISION, LATER + 10));
    expect(written(order)).toBe('FAILED CLOSED_BY_OPERATOR');
    expect(written(known('WORKING', '0', [], {}, order, LATER + 20))).toBe('PENDING');
  });

  it('closes an order whose end the broker tells without the fills that it told before', () => {
    const working = known('WORKING', '60', [fillActivity({ quantity: '60', price: '22.7' })]);
    const behind = known('CANCELED', '0', [], {}, working, MONDAY_TEN + 20_000);
    expect(written(behind)).toBe('PENDING REPORT_BEHIND_RECORD 60@22.7');
    const { order } = done(closeOrder(behind, DECISION, LATER));
    expect(written(order)).toBe('COMPLETED CLOSED_BY_OPERATOR REPORT_BEHIND_RECORD 60@22.7');
    const again = known('CANCELED', '0', [], {}, order, LATER + 1_000);
    expect(written(again)).toBe(written(order));
  });

  it('stands while the broker says the same', () => {
    const { order } = done(closeOrder(partly, DECISION, LATER));
    const again = known('FILLED', '100', [fillActivity({ quantity: '60', price: '22.7' })], {}, order, LATER + 1_000);
    expect(written(again)).toBe(written(order));
  });

  it('gives way to the proof of the broker, which comes late', () => {
    const { order } = done(closeOrder(partly, DECISION, LATER));
    const fills = [
      fillActivity({ quantity: '60', price: '22.7' }),
      fillActivity({ quantity: '40', price: '22.8', second: 2 }),
    ];
    const proved = known('FILLED', '100', fills, {}, order, LATER + 1_000);
    expect(written(proved)).toBe('COMPLETED FILLED 60@22.7 40@22.8');
    expect(proved.resolution).toBeNull();
  });

  it('counts a fill that comes late without proving everything', () => {
    const { order } = done(closeOrder(unpriced, DECISION, LATER));
    const late = known('FILLED', '100', [fillActivity({ quantity: '60', price: '22.7' })], {}, order, LATER + 1_000);
    expect(written(late)).toBe('COMPLETED CLOSED_BY_OPERATOR 60@22.7');
  });

  it('is taken back when the broker says that the order lives', () => {
    const odd = known('NEVER_HEARD_OF', '0', []);
    const { order } = done(closeOrder(odd, DECISION, LATER));
    expect(written(order)).toBe('FAILED CLOSED_BY_OPERATOR');
    expect(written(known('NEVER_HEARD_OF', '0', [], {}, order, LATER + 1_000))).toBe('FAILED CLOSED_BY_OPERATOR');
    const live = known('WORKING', '0', [], {}, order, LATER + 2_000);
    expect([written(live), live.resolution]).toEqual(['PENDING', null]);
  });

  it('refuses what is not open, what is alive, and what has fills without a price for every leg', () => {
    expect(refusal(closeOrder(known('CANCELED', '0', [cancelActivity('100')]), DECISION, LATER))).toContain('ended');
    expect(refusal(closeOrder(known('WORKING', '0', []), DECISION, LATER))).toContain('cancel it there');
    const legs = [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL' })];
    const half = known('FILLED', '100', [fillActivity({ quantity: '60', price: '22.7' })], { legs });
    expect(refusal(closeOrder(half, DECISION, LATER))).toContain('every leg');
  });
});

describe('acceptExecutions', () => {
  const [sixty, forty] = [
    fillOf({ quantity: '60', price: '22.7' }),
    fillOf({ quantity: '40', price: '22.75', second: 2 }),
  ];

  it('completes an unpriced order at the price of its transactions', () => {
    const { order, newFills, audit } = done(acceptExecutions(unpriced, [sixty, forty], DECISION, LATER));
    expect(written(order)).toBe('COMPLETED FILLED 60@22.7 40@22.75');
    expect(order.state.averagePrice?.toFixed()).toBe('22.72');
    expect(newFills).toHaveLength(2);
    expect(audit[0]?.reason).toContain('transactions accepted by operator');
  });

  it('keeps what both have and adds what is missing', () => {
    const { order, newFills, withdrawnFills } = done(acceptExecutions(partly, [sixty, forty], DECISION, LATER));
    expect(written(order)).toBe('COMPLETED FILLED 60@22.7 40@22.75');
    expect([newFills.length, withdrawnFills.length]).toEqual([1, 0]);
  });

  it('withdraws what the transactions do not show, and no report brings it back', () => {
    const first = known('FILLED', '100', [fillActivity({ quantity: '100', price: '22.9', activityId: '7' })]);
    const truth = fillOf({ quantity: '100', price: '22.7', activityId: '7' });
    const { order } = done(acceptExecutions(first, [truth], DECISION, LATER));
    expect(written(order)).toBe('COMPLETED FILLED FILLS_AMENDED 100@22.7');
    expect(order.fills[0]).toMatchObject({ version: 2, key: first.fills[0]?.key });
    const again = known(
      'FILLED',
      '100',
      [fillActivity({ quantity: '100', price: '22.9', activityId: '7' })],
      {},
      order,
      LATER + 1_000,
    );
    expect(written(again)).toBe(written(order));
  });

  it('refuses when there is nothing to accept', () => {
    expect(refusal(acceptExecutions(UNSEEN, [sixty], DECISION, LATER))).toContain('could be read yet');
    expect(refusal(acceptExecutions(unpriced, [], DECISION, LATER))).toContain('no execution');
    expect(refusal(acceptExecutions(partly, [sixty], DECISION, LATER))).toContain('nothing to accept');
  });
});

describe('hearWitness', () => {
  it('raises and clears an alarm, which no report touches, and leaves the price alone', () => {
    const raised = hearWitness(partly, 'PRICE_OUTSIDE_MARKET', true, 'the minute traded at 20 to 21');
    expect(raised.order.state).toEqual({ ...partly.state, flags: ['FILLS_DO_NOT_SUM', 'PRICE_OUTSIDE_MARKET'] });
    expect(raised.discrepancies.map(({ flag }) => flag)).toEqual(['PRICE_OUTSIDE_MARKET']);
    const fills = [fillActivity({ quantity: '60', price: '22.7' })];
    expect(known('FILLED', '100', fills, {}, raised.order, LATER).state.flags).toContain('PRICE_OUTSIDE_MARKET');
    expect(hearWitness(raised.order, 'PRICE_OUTSIDE_MARKET', false, 'looked again').order.state).toEqual(partly.state);
    expect(hearWitness(partly, 'PRICE_OUTSIDE_MARKET', false, 'looked').isChanged).toBe(false);
  });
});
