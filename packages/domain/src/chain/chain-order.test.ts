import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { summariseLegs } from '../execution/leg-summary.ts';
import { fillOf, legOf, MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { chainOrderOf, shapeOf } from './chain-order.ts';

describe('chainOrderOf', () => {
  it('takes what was said, and what the fills prove where nothing was said', () => {
    const facts = orderOf({ brokerStatus: 'REPLACED', filledQuantity: null, closeTime: MONDAY_TEN + 1_000 });
    const legs = summariseLegs(facts, [fillOf({ price: '22.7299', quantity: '40' })]);
    const order = chainOrderOf('A', facts, legs);
    expect(order).toMatchObject({ key: 'A', brokerStatus: 'REPLACED', closeTime: MONDAY_TEN + 1_000 });
    expect(order.filledQuantity).toEqual(decimal('40'));
    expect(order.legs[0]?.sum).toEqual(decimal('909.196'));
  });
});

describe('shapeOf', () => {
  const shape = (...legs: ReturnType<typeof legOf>[]): string | null => {
    const facts = orderOf({ legs });
    return shapeOf(chainOrderOf('A', facts, summariseLegs(facts, [])));
  };
  const call = legOf({ legId: '2', instruction: 'SELL_TO_OPEN', symbol: 'GME   260116C00025000' });

  it('is the same whatever order the legs are listed in, and under whatever ids', () => {
    expect(shape(legOf(), call)).toBe(shape(call, legOf({ legId: '7' })));
  });

  it.each([
    ['another symbol', legOf({ symbol: 'AMC' })],
    ['another side', legOf({ instruction: 'SELL' })],
  ])('tells %s apart', (_name, leg) => {
    expect(shape(leg)).not.toBe(shape(legOf()));
  });

  it.each([
    ['no leg', []],
    ['no symbol', [legOf({ symbol: null })]],
    ['no instruction', [legOf({ instruction: null })]],
  ])('is not known with %s', (_name, legs) => {
    expect(shape(...legs)).toBeNull();
  });
});
