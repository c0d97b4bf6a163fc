import { describe, expect, it } from 'vitest';
import { compareDecimals, parseDecimal } from '../broker/exact-decimal.ts';
import { scriptedOrderSchema } from '../broker/script-order.ts';
import { demoEnteredAfterMs, demoOrder } from './demo.ts';

const DAY_MS = 24 * 3_600_000;
const FIRST_DAY = Array.from({ length: 2_990 }, (_, index) => index);
const scripts = FIRST_DAY.map((index) => scriptedOrderSchema.parse(demoOrder(1, index, null)));

function story(seed: number) {
  return FIRST_DAY.slice(0, 50).map((index) => [demoEnteredAfterMs(seed, index, null), demoOrder(seed, index, null)]);
}

describe('the demo', () => {
  it('tells the same story for the same seed, and another for another', () => {
    expect(story(1)).toEqual(story(1));
    expect(story(1)).not.toEqual(story(2));
  });

  it('enters its orders one after the other', () => {
    const instants = FIRST_DAY.map((index) => demoEnteredAfterMs(1, index, null));
    expect(instants).toEqual(instants.toSorted((left, right) => left - right));
    expect(new Set(instants).size).toBe(instants.length);
  });

  it('starts within seconds and stays below the 3,000 rows of a list call in a day', () => {
    expect(demoEnteredAfterMs(1, 4, null)).toBeLessThan(20_000);
    expect(demoEnteredAfterMs(1, 2_999, null)).toBeGreaterThan(DAY_MS);
  });

  it('keeps a pace that it is given', () => {
    expect(demoEnteredAfterMs(1, 1_000, 100)).toBeLessThan(101_000);
  });

  it('shows every way in which an order can go', () => {
    const shown = new Set(
      scripts.map(({ ending, fills }) => `${ending?.status ?? 'FILLED'} ${fills.length === 0 ? 'unfilled' : 'filled'}`),
    );
    expect([...shown].sort()).toEqual([
      'CANCELED filled',
      'CANCELED unfilled',
      'EXPIRED filled',
      'EXPIRED unfilled',
      'FILLED filled',
      'REJECTED unfilled',
    ]);
  });

  it('fills at prices finer than a cent, in several parts', () => {
    const prices = scripts.flatMap(({ fills }) => fills.map(({ price }) => price));
    expect(prices.filter((price) => /\.\d{3,4}$/.test(price)).length).toBeGreaterThan(prices.length / 2);
    expect(Math.max(...scripts.map(({ fills }) => fills.length))).toBeGreaterThanOrEqual(4);
  });

  it('never fills worse than the limit, and sets no limit finer than a cent', () => {
    for (const { limitPrice, instruction, fills } of scripts) {
      if (typeof limitPrice !== 'string') continue;
      expect(limitPrice).toMatch(/^\d+(\.\d{1,2})?$/);
      const worse = instruction === 'BUY' ? 1 : -1;
      const distances = fills.map(({ price }) => compareDecimals(parseDecimal(price), parseDecimal(limitPrice)));
      expect(distances).not.toContain(worse);
    }
  });
});
