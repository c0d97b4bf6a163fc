import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Measurement, slopesOf } from './slope.ts';

/** As a soak has them: time goes on evenly, orders come in some minutes and not in others. */
const orders = [0, 90, 180, 180, 180, 270, 360, 360, 360, 450];
const measured = (y: (minute: number, orders: number) => number): readonly Measurement[] =>
  orders.map((v, u) => ({ u, v, y: y(u, v) }));

describe('slopesOf', () => {
  it('is certain of measurements without noise, and tells time from orders', () => {
    const slopes = slopesOf(measured((minute, count) => 7 + 3 * minute + 0.5 * count));
    for (const of of ['slope', 'low', 'high'] as const) {
      expect(slopes?.u[of]).toBeCloseTo(3, 9);
      expect(slopes?.v[of]).toBeCloseTo(0.5, 9);
    }
  });

  it('agrees with an example worked by hand', () => {
    // u and v at right angles, so each slope stands alone: 2 of u, 1 of v; what is left is 1, -1, -1, 1.
    const corners = [
      { u: -1, v: -1, y: -2 },
      { u: -1, v: 1, y: -2 },
      { u: 1, v: -1, y: 0 },
      { u: 1, v: 1, y: 4 },
    ];
    const slopes = slopesOf(corners);
    // Residual sum of squares 4, one degree of freedom, error sqrt(4 / 1 / 4), t(1) 12.706.
    expect(slopes?.u).toEqual({ slope: 2, low: 2 - 12.706, high: 2 + 12.706 });
    expect(slopes?.v).toEqual({ slope: 1, low: 1 - 12.706, high: 1 + 12.706 });
  });

  it('finds the true slopes within its intervals nearly always, whatever the noise', () => {
    let outside = 0;
    let runs = 0;
    const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(noise, (noises) => {
        const slopes = slopesOf(measured((minute, count) => 3 * minute + 0.5 * count + (noises[minute] ?? 0)));
        runs += 1;
        if (slopes === null || slopes.u.low > 3 || slopes.u.high < 3) outside += 1;
      }),
      { seed: 1, numRuns: 1_000 },
    );
    expect(outside / runs).toBeLessThan(0.2);
  });

  it('has no doubt beyond the table that it would not have within', () => {
    const zigzag = (n: number) =>
      slopesOf(Array.from({ length: n }, (_, i) => ({ u: i, v: i % 3 === 0 ? 1 : 0, y: i % 2 })));
    const widthOf = (n: number): number => (zigzag(n)?.u.high ?? Number.NaN) - (zigzag(n)?.u.low ?? Number.NaN);
    expect(widthOf(33)).toBeGreaterThan(widthOf(39));
    expect(widthOf(33)).toBeLessThan(widthOf(27));
  });

  it.each([
    ['nothing', []],
    ['three', measured((minute) => minute).slice(0, 3)],
    ['two things that move together', orders.map((_, i) => ({ u: i, v: 2 * i + 1, y: i }))],
    ['one thing that does not move', orders.map((_, i) => ({ u: i, v: 5, y: i }))],
  ])('says nothing of %s', (_, measurements) => {
    expect(slopesOf(measurements)).toBeNull();
  });
});
