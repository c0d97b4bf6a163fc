import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marketTicks, priceOfTicks, ticksOfPrice } from './market-walk.ts';

describe('the simulated market', () => {
  it('moves, and stays within two percent of where it began', () => {
    const prices = Array.from({ length: 2_000 }, (_, step) => marketTicks(1, 'GME', step * 30_000));
    expect(new Set(prices).size).toBeGreaterThan(500);
    expect(Math.max(...prices)).toBeLessThan(227_300 * 1.02);
    expect(Math.min(...prices)).toBeGreaterThan(227_300 * 0.98);
  });

  it('does not jump: a second moves the price by less than a tenth of a percent', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 8), (elapsed) => {
        const move = marketTicks(1, 'AAPL', elapsed + 1_000) - marketTicks(1, 'AAPL', elapsed);
        expect(Math.abs(move)).toBeLessThan(2_134);
      }),
    );
  });

  it('has a price for any symbol, always the same', () => {
    expect(marketTicks(1, 'ZZZZ', 0)).toBe(marketTicks(1, 'ZZZZ', 0));
    expect(marketTicks(1, 'ZZZZ', 0)).toBeGreaterThan(0);
  });

  it('turns ticks into prices and back', () => {
    expect(priceOfTicks(2_134_091)).toBe('213.4091');
    expect(ticksOfPrice('213.4091')).toBe(2_134_091);
    expect(priceOfTicks(1)).toBe('0.0001');
    expect(() => ticksOfPrice('0.00001')).toThrow(RangeError);
  });
});
