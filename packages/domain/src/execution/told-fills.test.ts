import { describe, expect, it } from 'vitest';
import { decimalText } from '../decimal.ts';
import type { ReportedActivity } from '../order/reported-order.ts';
import { activityOf, executionLeg, fillActivity, legOf, orderOf, recordedFillOf } from '../testing/builders.ts';
import type { Fill } from './fill.ts';
import { tellFills } from './told-fills.ts';

const FILL = { price: '22.7299', quantity: '100' };
const NAMED = { ...FILL, activityId: '7' };

/** A word about the execution of an activity, with what it says of it. */
function word(executionType: string, activityId: string | null, ...legs: Parameters<typeof executionLeg>[0][]) {
  return activityOf({ executionType, activityId, legs: legs.map(executionLeg) });
}

const text = (fill: Fill): string => `${decimalText(fill.quantity)}@${decimalText(fill.price)}`;

function told(activities: readonly ReportedActivity[], recorded: readonly Fill[] = []) {
  const { standing, superseded, hasUnknown } = tellFills(orderOf({ activities }), recorded);
  return { standing: standing.map(text), superseded: superseded.map(text), hasUnknown };
}

describe('tellFills', () => {
  it.each<[string, Partial<ReportedActivity>, boolean]>([
    ['FILL', {}, false],
    ['CANCELED', { executionType: 'CANCELED' }, false],
    ['an order action', { activityType: 'ORDER_ACTION', executionType: null }, false],
    ['a correction of nobody knows what', { executionType: 'CORRECTED' }, true],
    ['a bust of nobody knows what', { executionType: 'BUSTED' }, true],
    ['no execution type', { executionType: null }, true],
    ['an activity type that nobody knows', { activityType: 'SETTLEMENT' }, true],
    ['no activity type', { activityType: null }, true],
  ])('tells whether it understands %s', (_name, overrides, expected) => {
    expect(told([fillActivity(FILL), activityOf(overrides)]).hasUnknown).toBe(expected);
  });

  it('does not understand a fill when nothing says how much it can have been', () => {
    const unsaid = { filledQuantity: null, activities: [activityOf()] };
    expect(tellFills(orderOf(unsaid)).hasUnknown).toBe(false);
    expect(tellFills(orderOf({ ...unsaid, quantity: null })).hasUnknown).toBe(true);
  });

  it('puts a correction in the place of the execution whose id it carries', () => {
    const activities = [fillActivity(NAMED), fillActivity({ ...FILL, activityId: '8' })];
    expect(told([...activities, word('CORRECTED', '7', { price: '22.5', quantity: '90', second: 9 })])).toEqual({
      standing: ['100@22.7299', '90@22.5'],
      superseded: ['100@22.7299'],
      hasUnknown: false,
    });
  });

  it('takes a busted execution away, with or without its legs', () => {
    for (const bust of [word('BUSTED', '7'), word('BUSTED', '7', FILL), word('BUSTED', '7', { ...FILL, price: '0' })]) {
      expect(told([fillActivity(NAMED), bust])).toEqual({
        standing: [],
        superseded: ['100@22.7299'],
        hasUnknown: false,
      });
    }
  });

  it('corrects an execution that only the record knows', () => {
    const correction = word('CORRECTED', '7', { ...FILL, price: '22.5' });
    expect(told([correction], [recordedFillOf(NAMED)])).toEqual({
      standing: ['100@22.5'],
      superseded: [],
      hasUnknown: false,
    });
  });

  it('goes by the last correction of several, whatever their order', () => {
    const first = word('CORRECTED', '7', { ...FILL, price: '22.6', second: 5 });
    const second = word('CORRECTED', '7', { ...FILL, price: '22.5', second: 9 });
    for (const words of [
      [first, second],
      [second, first],
    ]) {
      const { standing, superseded } = told([fillActivity(NAMED), ...words]);
      expect([standing, superseded]).toEqual([['100@22.5'], ['100@22.7299', '100@22.6']]);
    }
  });

  it('takes a correction away that is busted later, and lets a bust stand against a correction of the same second', () => {
    const correction = word('CORRECTED', '7', { ...FILL, price: '22.6', second: 5 });
    for (const second of [5, 9]) {
      const { standing } = told([fillActivity(NAMED), word('BUSTED', '7', { ...FILL, second }), correction]);
      expect(standing).toEqual([]);
    }
  });

  it('corrects one leg of a spread and leaves the other', () => {
    const legs = [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL' })];
    const spread = activityOf({
      activityId: '7',
      legs: [executionLeg(FILL), executionLeg({ ...FILL, price: '3', legId: '2' })],
    });
    const correction = word('CORRECTED', '7', { ...FILL, price: '2.5', legId: '2', second: 9 });
    const { standing } = tellFills(orderOf({ legs, activities: [spread, correction] }));
    expect(standing.map((fill) => `${fill.legId} ${text(fill)}`)).toEqual(['1 100@22.7299', '2 100@2.5']);
  });

  it.each<[string, ReportedActivity]>([
    ['a correction without a price', word('CORRECTED', '7', { ...FILL, price: '0' })],
    ['a correction without an id', word('CORRECTED', null, { ...FILL, price: '22.5' })],
    ['a correction of another execution', word('CORRECTED', '9', { ...FILL, price: '22.5' })],
    ['a bust of a part', word('BUSTED', '7', { ...FILL, quantity: '40' })],
    ['a bust of a part, at the price zero of what does not count', word('BUSTED', '7', { price: '0', quantity: '40' })],
  ])('changes nothing for %s, and says so', (_name, unclear) => {
    expect(told([fillActivity(NAMED), unclear])).toEqual({
      standing: ['100@22.7299'],
      superseded: [],
      hasUnknown: true,
    });
  });

  it('busts no part of an execution that only the record knows', () => {
    const bust = word('BUSTED', '7', { price: '0', quantity: '40' });
    expect(told([bust], [recordedFillOf(NAMED)]).hasUnknown).toBe(true);
    expect(tellFills(orderOf({ activities: [bust] }), [recordedFillOf(NAMED)]).amendsAny).toBe(false);
  });

  it('corrects several executions of one activity only where the correction is of all of them', () => {
    const several = activityOf({
      activityId: '7',
      legs: [executionLeg({ price: '22.5', quantity: '60' }), executionLeg({ price: '22.6', quantity: '40' })],
    });
    expect(told([several, word('CORRECTED', '7', { price: '22.4', quantity: '60', second: 9 })])).toEqual({
      standing: ['60@22.5', '40@22.6'],
      superseded: [],
      hasUnknown: true,
    });
    expect(told([several, word('CORRECTED', '7', { price: '22.4', quantity: '100', second: 9 })])).toEqual({
      standing: ['100@22.4'],
      superseded: ['60@22.5', '40@22.6'],
      hasUnknown: false,
    });
  });

  it('does not choose between two corrections of the same second', () => {
    const one = word('CORRECTED', '7', { ...FILL, price: '22.6', second: 5 });
    const other = word('CORRECTED', '7', { ...FILL, price: '22.5', second: 5 });
    expect(told([fillActivity(NAMED), one, other])).toEqual({
      standing: ['100@22.7299'],
      superseded: [],
      hasUnknown: true,
    });
  });
});
