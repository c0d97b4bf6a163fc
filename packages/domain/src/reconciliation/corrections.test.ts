import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import type { ReportedActivity } from '../order/reported-order.ts';
import { activityOf, executionLeg, fillActivity, type FillInput, MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import { reconcileOrder } from './reconcile-order.ts';
import type { Reconciliation } from './reconciliation.ts';

const UNSEEN = newlyKnownOrder('1000000000001', 'TRACKED', MONDAY_TEN);
const FILL: FillInput = { price: '22.7', quantity: '60', activityId: '7' };
const OTHER: FillInput = { price: '22.75', quantity: '40', activityId: '8', second: 2 };

const fills = [fillActivity(FILL), fillActivity(OTHER)];
const corrected = (price: string, second = 30, overrides: Partial<FillInput> = {}): ReportedActivity =>
  activityOf({
    executionType: 'CORRECTED',
    activityId: '7',
    legs: [executionLeg({ ...FILL, ...overrides, price, second })],
  });
const busted = activityOf({ executionType: 'BUSTED', activityId: '7' });

/** A report asked for at a second, of an order for 100 that is FILLED. */
function report(known: KnownOrder, second: number, activities: readonly ReportedActivity[], filledQuantity = '100') {
  const at = MONDAY_TEN + second * 1_000;
  const order = orderOf({ brokerStatus: 'FILLED', filledQuantity: decimal(filledQuantity), activities });
  return reconcileOrder(known, order, at, at + 500);
}

function written({ state, fills: counting, withdrawn }: KnownOrder): string {
  const list = (some: KnownOrder['fills']) =>
    some.map((fill) => `${decimalText(fill.quantity)}@${decimalText(fill.price)}v${fill.version}`).join(' ');
  return `${state.status} ${state.flags.join(' ')}: ${list(counting)} | ${list(withdrawn)}`;
}

function kinds({ audit }: Reconciliation): readonly string[] {
  return audit.map((entry) => entry.kind);
}

const filled = report(UNSEEN, 10, fills).order;

describe('a fill that the broker corrects', () => {
  const step = report(filled, 40, [...fills, corrected('22.71')]);

  it('goes on as a new version under its key; the old one stays and counts no longer', () => {
    expect(written(step.order)).toBe('COMPLETED FILLS_AMENDED: 40@22.75v1 60@22.71v2 | 60@22.7v1');
    expect(step.order.fills[1]?.key).toBe(filled.fills[0]?.key);
    expect(step.order.state.averagePrice?.toFixed()).toBe('22.726');
    expect(kinds(step)).toEqual(['FILL_RECORDED', 'FILL_WITHDRAWN', 'PRICE_CHANGED', 'FLAGS_CHANGED']);
    expect(step.withdrawnFills).toMatchObject([{ activityId: '7', version: 1, withdrawnAt: MONDAY_TEN + 40_500 }]);
  });

  it('is corrected once, however often that is told', () => {
    expect(report(step.order, 50, [...fills, corrected('22.71')]).isChanged).toBe(false);
  });

  it('stays corrected when an older answer, or a careless newer one, tells the first price again', () => {
    expect(written(report(step.order, 20, fills).order)).toBe(written(step.order));
    expect(written(report(step.order, 60, fills).order)).toBe(written(step.order));
  });

  it('stays as it is when the broker shows only the corrected trade', () => {
    const cleaned = [fillActivity({ ...FILL, price: '22.71', second: 30 }), fillActivity(OTHER)];
    expect(written(report(step.order, 60, cleaned).order)).toBe(written(step.order));
  });

  it('is corrected again, and back to the first price', () => {
    const again = report(step.order, 60, [...fills, corrected('22.71'), corrected('22.72', 50)]);
    expect(written(again.order)).toBe('COMPLETED FILLS_AMENDED: 40@22.75v1 60@22.72v3 | 60@22.7v1 60@22.71v2');
    const back = report(again.order, 80, [...fills, corrected('22.71'), corrected('22.72', 50), corrected('22.7', 70)]);
    expect(back.order.state.averagePrice?.toFixed()).toBe('22.72');
    expect(written(back.order)).toContain('60@22.7v4 | ');
    expect(written(report(back.order, 45, [...fills, corrected('22.71')]).order)).toBe(written(back.order));
  });

  it('keeps the one version that counts when an older answer knows only the first correction', () => {
    const both = report(filled, 60, [...fills, corrected('22.71'), corrected('22.72', 50)]);
    expect(written(both.order)).toBe('COMPLETED FILLS_AMENDED: 40@22.75v1 60@22.72v2 | 60@22.7v1 60@22.71v1');
    expect(written(report(both.order, 45, [...fills, corrected('22.71')]).order)).toBe(written(both.order));
  });

  it('is found by its id also when it was recorded before the id was told', () => {
    const nameless = report(
      UNSEEN,
      10,
      fills.map((activity) => ({ ...activity, activityId: null })),
    ).order;
    expect(written(report(nameless, 40, [...fills, corrected('22.71')]).order)).toBe(
      'COMPLETED FILLS_AMENDED: 40@22.75v1 60@22.71v2 | 60@22.7v1',
    );
  });

  it('never counts at its first price when the first answer already has the correction', () => {
    const first = report(UNSEEN, 40, [...fills, corrected('22.71')]);
    expect(written(first.order)).toBe('COMPLETED FILLS_AMENDED: 40@22.75v1 60@22.71v1 | 60@22.7v1');
    expect(first.order.state.averagePrice?.toFixed()).toBe('22.726');
    expect(first.newFills).toHaveLength(3);
    expect(written(report(first.order, 20, fills).order)).toBe(written(first.order));
  });

  it('leaves the order open when the quantities no longer add up', () => {
    const less = report(filled, 40, [...fills, corrected('22.71', 30, { quantity: '50' })]);
    expect(written(less.order)).toBe('PENDING FILLS_DO_NOT_SUM FILLS_AMENDED: 40@22.75v1 50@22.71v2 | 60@22.7v1');
  });
});

describe('a fill that the broker busts', () => {
  const step = report(filled, 40, [...fills, busted], '40');

  it('counts no longer, stays in the record, and comes back with no older answer', () => {
    expect(written(step.order)).toBe('COMPLETED FILLS_AMENDED: 40@22.75v1 | 60@22.7v1');
    expect(step.order.state.filledQuantity?.toFixed()).toBe('40');
    expect(written(report(step.order, 20, fills).order)).toBe(written(step.order));
    expect(report(step.order, 60, [...fills, busted], '40').isChanged).toBe(false);
  });

  it('leaves its twin alone', () => {
    const twins = [
      fillActivity({ ...FILL, quantity: '50' }),
      fillActivity({ ...FILL, quantity: '50', activityId: '8' }),
    ];
    const both = report(UNSEEN, 10, twins).order;
    const one = report(both, 40, [...twins, busted], '50').order;
    expect(written(one)).toBe('COMPLETED FILLS_AMENDED: 50@22.7v1 | 50@22.7v1');
    const nameless = twins.map((activity) => ({ ...activity, activityId: null }));
    expect(written(report(one, 20, nameless).order)).toBe(written(one));
  });
});

describe('whatever order the answers come in', PROPERTY_TIMEOUT, () => {
  /** What the broker says, as time goes on: two fills, a correction, another, and at last a bust or none. */
  const story = (isBusted: boolean): readonly (readonly ReportedActivity[])[] => {
    const first = [...fills, corrected('22.71')];
    const second = [...first, corrected('22.72', 50)];
    return [fills, first, second, ...(isBusted ? [[...second, { ...busted, legs: [] }]] : [])];
  };
  const counted = ({ fills: counting }: KnownOrder): readonly string[] =>
    counting.map((fill) => `${decimalText(fill.quantity)}@${decimalText(fill.price)}`).toSorted();

  it('counts what the last one says, each execution once, and forgets no version', () => {
    const anyOrder = fc.tuple(fc.boolean(), fc.array(fc.nat({ max: 3 }), { maxLength: 8 }), fc.nat({ max: 8 }));
    fc.assert(
      fc.property(anyOrder, ([isBusted, chosen, position]) => {
        const answers = story(isBusted);
        const last = answers.length - 1;
        const arrivals = chosen.map((i) => Math.min(i, last)).toSpliced(position, 0, last);
        const order = arrivals.reduce<KnownOrder>(
          (known, i) => report(known, 10 + 20 * i, answers[i] ?? [], isBusted && i === last ? '40' : '100').order,
          UNSEEN,
        );
        expect(counted(order)).toEqual(isBusted ? ['40@22.75'] : ['40@22.75', '60@22.72']);
        const versions = [...order.fills, ...order.withdrawn].map(({ key, version }) => `${key} ${version}`);
        expect(new Set(versions).size).toBe(versions.length);
        expect(order.state.status).toBe('COMPLETED');
      }),
      PROPERTY_RUNS,
    );
  });
});
