import { describe, expect, it } from 'vitest';
import { slopeOf } from './slope.ts';

const points = (ys: readonly number[]): { x: number; y: number }[] => ys.map((y, x) => ({ x, y }));

describe('slopeOf', () => {
  it('is certain of points on a line', () => {
    const slope = slopeOf(points([3, 5, 7, 9]));
    expect(slope?.slope).toBeCloseTo(2, 12);
    expect(slope?.low).toBeCloseTo(2, 12);
    expect(slope?.high).toBeCloseTo(2, 12);
  });

  it('agrees with an example worked by hand', () => {
    // x 0..4, y 1 3 2 5 4: slope 0.8, residual sum of squares 3.6, error sqrt(3.6 / 3 / 10), t(3) 3.182.
    const slope = slopeOf(points([1, 3, 2, 5, 4]));
    expect(slope?.slope).toBeCloseTo(0.8, 12);
    expect(slope?.low).toBeCloseTo(0.8 - 3.182 * Math.sqrt(0.12), 12);
    expect(slope?.high).toBeCloseTo(0.8 + 3.182 * Math.sqrt(0.12), 12);
  });

  it('has no doubt beyond the table that it would not have within', () => {
    const zigzag = (n: number) => slopeOf(points(Array.from({ length: n }, (_, i) => i % 2)));
    const widthOf = (n: number): number => (zigzag(n)?.high ?? Number.NaN) - (zigzag(n)?.low ?? Number.NaN);
    expect(widthOf(34)).toBeLessThan(widthOf(32));
    expect(widthOf(34)).toBeGreaterThan(widthOf(36));
  });

  it.each([[[]], [[1, 2]]])('says nothing of %j', (ys) => {
    expect(slopeOf(points(ys))).toBeNull();
  });

  it('says nothing of points above each other', () => {
    expect(
      slopeOf([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
        { x: 1, y: 3 },
      ]),
    ).toBeNull();
  });
});
