import { expect, it } from 'vitest';
import { percentile, rounded } from './statistics.ts';

it.each([
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 2, 3], 0.5, 2],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95, 10],
  [[7], 0.99, 7],
])('of %j the share %d is %d', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});

it('knows nothing of nothing', () => {
  expect(percentile([], 0.5)).toBeNaN();
});

it.each([
  [1.26, 1.3],
  [99.96, 100],
  [123.4, 123],
])('%d is told as %d', (value, expected) => {
  expect(rounded(value)).toBe(expected);
});
