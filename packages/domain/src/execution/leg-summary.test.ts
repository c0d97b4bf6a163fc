import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import { type FillInput, fillOf, legOf, orderOf } from '../testing/builders.ts';
import { type LegSummary, priceCentsOf, summariseLegs } from './leg-summary.ts';

/** The only leg of an order with these fills, each `quantity@price`. */
function legWith(...fills: readonly string[]): LegSummary {
  const [leg] = summariseLegs(orderOf(), fills.map(fillFrom));
  if (leg === undefined) throw new Error('an order has at least one leg here');
  return leg;
}

function fillFrom(text: string): ReturnType<typeof fillOf> {
  const [quantity = '', price = ''] = text.split('@');
  return fillOf({ quantity, price });
}

describe('summariseLegs', () => {
  it('sums price times quantity exactly and rounds only the average, half up to 8 places', () => {
    const leg = legWith('1118@22.7299', '724@22.73');
    expect([leg.filledQuantity, leg.sum].map(decimalText)).toEqual(['1842', '41868.5482']);
    expect(leg.averagePrice?.toFixed()).toBe('22.72993931');
    expect(legWith('1@0.1', '2@0.2').averagePrice?.toFixed()).toBe('0.16666667');
  });

  it('has no average where nothing filled', () => {
    const leg = legWith();
    expect([leg.filledQuantity, leg.sum].map(decimalText)).toEqual(['0', '0']);
    expect(leg.averagePrice).toBeNull();
    expect(priceCentsOf(leg)).toBeNull();
  });

  it('never mixes the prices of two legs', () => {
    const order = orderOf({ legs: [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL' })] });
    const fills: readonly FillInput[] = [
      { legId: '2', price: '3.10', quantity: '1' },
      { legId: '1', price: '5.25', quantity: '1' },
    ];
    const averages = summariseLegs(order, fills.map(fillOf)).map((leg) => [leg.legId, leg.averagePrice?.toFixed()]);
    expect(averages).toEqual([
      ['1', '5.25'],
      ['2', '3.1'],
    ]);
  });

  it('gives a fill of a leg that the answer does not list a leg of its own', () => {
    const legs = summariseLegs(orderOf(), [fillOf({ legId: '9', price: '1', quantity: '5' })]);
    expect(legs.map((leg) => [leg.legId, leg.instruction, decimalText(leg.filledQuantity)])).toEqual([
      ['1', 'BUY', '0'],
      ['9', null, '5'],
    ]);
  });

  it('has no legs where the answer lists none and nothing filled', () => {
    expect(summariseLegs(orderOf({ legs: [] }), [])).toEqual([]);
  });
});

describe('priceCentsOf', () => {
  it.each([
    ['a price below the cent', ['100@22.7299'], 2273],
    ['half a cent exactly, up', ['1@22.725'], 2273],
    ['just under half a cent, down', ['1@22.7249999999999'], 2272],
    ['under half a cent altogether', ['100@0.0049'], 0],
    ['half a cent altogether', ['100@0.005'], 1],
    ['a tie that only the exact sum shows', ['1@0.01', '1@0.02'], 2],
  ])('rounds %s', (_name, fills, cents) => {
    expect(priceCentsOf(legWith(...fills))).toBe(cents);
  });

  it('never rounds an average that was rounded before', () => {
    // The average is 0.004999999995, which 8 places show as 0.005; the cents of that would be 1.
    const leg = legWith('1@0.00499999999', '1@0.005');
    expect(leg.averagePrice?.toFixed()).toBe('0.005');
    expect(priceCentsOf(leg)).toBe(0);
  });

  it('gives no cents beyond what an integer holds exactly', () => {
    expect(priceCentsOf({ ...legWith('1@1'), sum: decimal('9999999999999').times(decimal('1000')) })).toBeNull();
  });
});
