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

  it('has brackets, spreads and replacements now and then', () => {
    const share = (isOne: (script: (typeof scripts)[number]) => boolean) =>
      scripts.filter(isOne).length / scripts.length;
    expect(share(({ triggers }) => triggers.length > 0)).toBeGreaterThan(0.02);
    expect(share(({ legs }) => (legs?.length ?? 0) > 1)).toBeGreaterThan(0.02);
    expect(share(({ replacedBy }) => replacedBy !== null)).toBeGreaterThan(0.01);
    expect(
      share(({ triggers, legs, replacedBy }) => triggers.length > 0 || !!legs || replacedBy !== null),
    ).toBeLessThan(0.12);
  });

  it('starts within seconds and stays below the 3,000 rows of a list call in a day', () => {
    expect(demoEnteredAfterMs(1, 4, null)).toBeLessThan(20_000);
    const entered = FIRST_DAY.filter((index) => demoEnteredAfterMs(1, index, null) <= DAY_MS);
    const replacements = entered.filter((index) => scripts[index]?.replacedBy !== null);
    expect(entered.length).toBeGreaterThan(2_500);
    expect(entered.length + replacements.length).toBeLessThan(3_000);
  });

  it('keeps a pace that it is given', () => {
    expect(demoEnteredAfterMs(1, 1_000, 100)).toBeLessThan(101_000);
  });

  it('shows every way in which an order can go', () => {
    const shown = new Set(
      scripts.map(
        ({ ending, replacedBy, fills }) =>
          `${ending?.status ?? (replacedBy === null ? 'FILLED' : 'REPLACED')} ${fills.length === 0 ? 'unfilled' : 'filled'}`,
      ),
    );
    expect([...shown].sort()).toEqual([
      'CANCELED filled',
      'CANCELED unfilled',
      'EXPIRED filled',
      'EXPIRED unfilled',
      'FILLED filled',
      'REJECTED unfilled',
      'REPLACED filled',
    ]);
  });

  it('fills at prices finer than a cent, in several parts', () => {
    const prices = scripts.flatMap(({ fills }) => fills.flatMap(({ price }) => price ?? []));
    expect(prices.filter((price) => /\.\d{3,4}$/.test(price)).length).toBeGreaterThan(prices.length / 2);
    expect(Math.max(...scripts.map(({ fills }) => fills.length))).toBeGreaterThanOrEqual(4);
  });

  it('never fills worse than the limit, and sets no limit finer than a cent', () => {
    for (const { limitPrice, instruction, fills } of scripts) {
      if (typeof limitPrice !== 'string') continue;
      expect(limitPrice).toMatch(/^\d+(\.\d{1,2})?$/);
      const worse = instruction === 'BUY' ? 1 : -1;
      const prices = fills.flatMap(({ price }) => price ?? []);
      const distances = prices.map((price) => compareDecimals(parseDecimal(price), parseDecimal(limitPrice)));
      expect(distances).not.toContain(worse);
    }
  });
});
