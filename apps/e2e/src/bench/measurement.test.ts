import { expect, it } from 'vitest';
import { measurement, measurementTable } from './measurement.ts';

const PAINT = { name: 'first paint', unit: 'ms', limit: 1_000 };

it('tells median and worst of its repetitions', () => {
  expect(measurement(PAINT, [300, 100, 200])).toEqual({ ...PAINT, median: 200, worst: 300, repetitions: 3 });
});

it.each([
  [[900], 'within the limit'],
  [[900, 950, 1_100], 'within the limit, the worst over it'],
  [[1_001], 'over the limit'],
])('says of %j plainly: %s', (values, verdict) => {
  expect(measurementTable([measurement(PAINT, values)]).split('\n')[1]).toMatch(new RegExp(`1000 ms {2}${verdict}$`));
});

it('judges nothing where no limit was set', () => {
  const { limit: _, ...rest } = PAINT;
  expect(measurementTable([measurement(rest, [5])])).toBe(
    '             median  worst  limit\nfirst paint    5 ms   5 ms',
  );
});

it('is an error where nothing was measured, and not within the limit', () => {
  expect(() => measurement(PAINT, [200, Number.NaN])).toThrow('"first paint" gave no number: 200, NaN');
});
