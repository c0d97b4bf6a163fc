import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import type { OrderLeg, ReportedActivity } from '../order/reported-order.ts';
import {
  activityOf,
  cancelActivity,
  executionLeg,
  fillActivity,
  legOf,
  MONDAY_TEN,
  orderOf,
  recordedFillOf,
} from '../testing/builders.ts';
import { byTime, UNNAMED_LEG } from './fill.ts';
import { tellFills } from './told-fills.ts';

const FILL = { price: '22.7299', quantity: '100' };
const TWO_LEGS = [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL' })];

/** The fills of an order with these activities, as `leg quantity@price`. */
function read(activities: readonly ReportedActivity[], legs: readonly OrderLeg[] = [legOf()]): readonly string[] {
  return tellFills(orderOf({ activities, legs })).standing.map(
    (fill) => `${fill.legId} ${decimalText(fill.quantity)}@${decimalText(fill.price)}`,
  );
}

describe('the fills of a report', () => {
  it('reads a fill with all that the broker says of it', () => {
    const activity = fillActivity({ ...FILL, activityId: '77', remainingAfter: '0', second: 5 });
    expect(tellFills(orderOf({ activities: [activity] })).standing).toEqual([
      {
        legId: '1',
        price: decimal('22.7299'),
        quantity: decimal('100'),
        occurredAt: MONDAY_TEN + 5_000,
        activityId: '77',
        remainingAfter: decimal('0'),
      },
    ]);
  });

  it('reads every leg of an activity, also of the same leg id', () => {
    const legs = [executionLeg({ price: '1', quantity: '60' }), executionLeg({ price: '1', quantity: '60' })];
    const other = executionLeg({ price: '2', quantity: '60', legId: '2' });
    expect(read([activityOf({ legs: [...legs, other] })], TWO_LEGS)).toEqual(['1 60@1', '1 60@1', '2 60@2']);
  });

  it.each<[string, Partial<ReportedActivity>]>([
    ['a cancel', { executionType: 'CANCELED' }],
    ['an order action', { activityType: 'ORDER_ACTION' }],
    ['an execution type that nobody knows', { executionType: 'CORRECTED' }],
    ['an execution of no type', { executionType: null }],
    ['an activity of no type', { activityType: null }],
    ['a word in another case', { executionType: 'Fill' }],
  ])('does not count %s, even with a price', (_name, overrides) => {
    expect(read([activityOf({ legs: [executionLeg(FILL)], ...overrides })])).toEqual([]);
  });

  it('does not count the cancelled quantity, which comes as an execution at price 0.0', () => {
    expect(read([fillActivity({ price: '22.5', quantity: '40' }), cancelActivity('60')])).toEqual(['1 40@22.5']);
  });

  it.each([
    ['price zero', { price: decimal('0') }],
    ['a negative price', { price: decimal('-1') }],
    ['no price', { price: null }],
    ['quantity zero', { quantity: decimal('0') }],
    ['a negative quantity', { quantity: decimal('-100') }],
    ['no quantity', { quantity: null }],
  ])('does not count a leg with %s', (_name, overrides) => {
    expect(read([activityOf({ legs: [{ ...executionLeg(FILL), ...overrides }] })])).toEqual([]);
  });

  it('counts the sound legs of an activity that has an unsound one', () => {
    const legs = [{ ...executionLeg(FILL), price: null }, executionLeg(FILL)];
    expect(read([activityOf({ legs })])).toEqual(['1 100@22.7299']);
  });

  it('counts a leg without time', () => {
    const [fill] = tellFills(
      orderOf({ activities: [activityOf({ legs: [{ ...executionLeg(FILL), occurredAt: null }] })] }),
    ).standing;
    expect(fill?.occurredAt).toBeNull();
  });

  const unnamed = activityOf({ legs: [{ ...executionLeg(FILL), legId: null }] });

  it('lends an execution without leg id the only leg of its order', () => {
    expect(read([unnamed], [legOf({ legId: '7' })])).toEqual(['7 100@22.7299']);
    expect(read([unnamed], [])).toEqual(['1 100@22.7299']);
  });

  it('gives it to no leg when there are several: a guess could price the wrong one', () => {
    expect(read([unnamed], TWO_LEGS)).toEqual([`${UNNAMED_LEG} 100@22.7299`]);
  });
});

describe('byTime', () => {
  it('sorts by broker time, then by key, numbers in keys as numbers', () => {
    const fills = [
      recordedFillOf({ ...FILL, second: 2, key: 'a10' }),
      recordedFillOf({ ...FILL, second: 2, key: 'a9' }),
      recordedFillOf({ ...FILL, second: 1, key: 'z' }),
      { ...recordedFillOf({ ...FILL, key: 'untimed' }), occurredAt: null },
    ];
    expect(fills.sort(byTime).map((fill) => fill.key)).toEqual(['untimed', 'z', 'a9', 'a10']);
  });
});
