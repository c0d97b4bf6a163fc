import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import type { OrderFacts } from '../order/reported-order.ts';
import { fillOf, legOf, orderOf } from '../testing/builders.ts';
import { type FillEvidence, filledQuantityOf, isOverfilled, weighFills } from './fill-evidence.ts';
import { type LegSummary, summariseLegs } from './leg-summary.ts';

/** Legs of an order where each fill is `leg:quantity`; prices do not matter here. */
function legsOf(order: OrderFacts, fills: readonly string[]): readonly LegSummary[] {
  return summariseLegs(
    order,
    fills.map((text) => {
      const [legId = '', quantity = ''] = text.split(':');
      return fillOf({ legId, quantity, price: '1' });
    }),
  );
}

function weigh(order: OrderFacts, ...fills: readonly string[]): FillEvidence {
  return weighFills(order, legsOf(order, fills));
}

/** 100 ordered. */
function single(filledQuantity: string | null, brokerStatus = 'WORKING'): OrderFacts {
  return orderOf({ brokerStatus, filledQuantity: filledQuantity === null ? null : decimal(filledQuantity) });
}

/** Ten units of one leg against so many of the other. */
function ratio(filledQuantity: string | null, second: string | null, brokerStatus = 'WORKING'): OrderFacts {
  return {
    ...single(filledQuantity, brokerStatus),
    quantity: decimal('10'),
    legs: [
      legOf({ legId: '1', quantity: decimal('10') }),
      legOf({ legId: '2', quantity: second === null ? null : decimal(second) }),
    ],
  };
}

describe('weighFills, one leg', () => {
  it.each<[string, FillEvidence, OrderFacts, readonly string[]]>([
    ['nothing filled and nobody says so', 'none', single('0'), []],
    ['nothing filled and nothing is said', 'none', single(null), []],
    ['a quantity is said to have filled, without fills', 'unpriced', single('40'), []],
    ['FILLED without quantity or fills', 'unpriced', single(null, 'FILLED'), []],
    ['FILLED with quantity 0 and no fills', 'unpriced', single('0', 'FILLED'), []],
    ['a part, and it adds up', 'part', single('40'), ['1:15', '1:25']],
    ['all, and it adds up', 'whole', single('100'), ['1:60', '1:40']],
    ['more than ordered, and it adds up', 'whole', single('110'), ['1:110']],
    ['fills fall short', 'unsummed', single('100'), ['1:60']],
    ['fills go beyond', 'unsummed', single('40'), ['1:60']],
    ['fills against a quantity of 0', 'unsummed', single('0', 'CANCELED'), ['1:60']],
    ['the quantity is missing: the fills stand in', 'part', single(null), ['1:60']],
    ['the quantity is missing and all filled', 'whole', single(null), ['1:100']],
    ['FILLED without quantity means what was ordered', 'whole', single(null, 'FILLED'), ['1:100']],
    ['FILLED without quantity, and fills fall short of the order', 'unsummed', single(null, 'FILLED'), ['1:60']],
    ['fractions of a share add up', 'whole', single('100'), ['1:33.3333', '1:66.6667']],
    ['a fraction is missing', 'unsummed', single('100'), ['1:33.3333', '1:66.6666']],
  ])('%s: %s', (_name, expected, order, fills) => {
    expect(weigh(order, ...fills)).toBe(expected);
  });

  it('does not claim the whole when nobody says how much was ordered', () => {
    expect(weigh({ ...single('60', 'CANCELED'), quantity: null }, '1:60')).toBe('part');
  });

  it('holds a leg that the answer lists with another quantity against the order itself', () => {
    expect(weigh({ ...single('100'), legs: [legOf({ quantity: decimal('1') })] }, '1:100')).toBe('whole');
  });

  it('weighs an order whose legs are not listed by its fills', () => {
    expect(weigh({ ...single('100'), legs: [] }, '1:100')).toBe('whole');
    expect(weigh({ ...single('0'), legs: [] })).toBe('none');
  });

  it('does not take the fill of an unlisted leg for one of the listed leg', () => {
    expect(weigh(single('100'), '?:100')).toBe('unsummed');
  });
});

describe('weighFills, legs in ratio', () => {
  it.each<[string, FillEvidence, OrderFacts, readonly string[]]>([
    ['both legs in ratio, all', 'whole', ratio('10', '20'), ['1:10', '2:20']],
    ['both legs in ratio, a part', 'part', ratio('4', '20'), ['1:4', '2:5', '2:3']],
    ['a ratio of 10 to 30 needs no division', 'part', ratio('1', '30'), ['1:1', '2:3']],
    ['one leg is short', 'unsummed', ratio('4', '20'), ['1:4', '2:7']],
    ['one leg is missing', 'unsummed', ratio('4', '20'), ['1:4']],
    ['the quantity is missing, legs agree', 'part', ratio(null, '20'), ['1:4', '2:8']],
    ['the quantity is missing, legs disagree', 'unsummed', ratio(null, '20'), ['1:4', '2:7']],
    ['the quantity is missing and only the second leg filled', 'unsummed', ratio(null, '20'), ['2:8']],
    ['FILLED without quantity', 'whole', ratio(null, '20', 'FILLED'), ['1:10', '2:20']],
    ['a leg of unknown quantity is taken one to one', 'whole', ratio('10', null), ['1:10', '2:10']],
    ['a covered call', 'part', ratio('4', '1000'), ['1:4', '2:400']],
  ])('%s: %s', (_name, expected, order, fills) => {
    expect(weigh(order, ...fills)).toBe(expected);
  });
});

describe('filledQuantityOf', () => {
  it.each([
    ['as reported', single('40'), ['1:60'], '40'],
    ['the fills of a FILLED order that does not say', single(null, 'FILLED'), ['1:60'], '60'],
    ['the fills of another order that does not say', single(null), ['1:60'], '60'],
    ['in units of the order, whichever leg filled', ratio(null, '20'), ['2:8'], '4'],
    ['nothing when nothing is said or filled', single(null), [], '0'],
  ])('is %s', (_name, order, fills, expected) => {
    expect(decimalText(filledQuantityOf(order, legsOf(order, fills)))).toBe(expected);
  });

  it('stays a number of readable length where legs and units do not divide', () => {
    const order = { ...ratio(null, '30'), quantity: decimal('10') };
    expect(decimalText(filledQuantityOf(order, legsOf(order, ['2:1'])))).toBe('0.33333333333333333333');
  });
});

describe('isOverfilled', () => {
  it.each([
    ['exactly what was ordered', single('100'), ['1:100'], false],
    ['a share too many in the fills', single('100'), ['1:101'], true],
    ['a share too many in the quantity', single('101'), ['1:100'], true],
    ['a second leg beyond its ratio', ratio('10', '20'), ['1:10', '2:21'], true],
    ['a second leg within its ratio', ratio('10', '20'), ['1:10', '2:20'], false],
    ['an order of unknown quantity', { ...single('500'), quantity: null }, ['1:500'], false],
  ])('%s', (_name, order, fills, expected) => {
    expect(isOverfilled(order, legsOf(order, fills))).toBe(expected);
  });
});
