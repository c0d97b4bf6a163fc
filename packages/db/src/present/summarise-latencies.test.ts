import { expect, it } from 'vitest';
import { summariseLatencies } from './summarise-latencies.ts';

it('has no numbers without fills', () => {
  expect(summariseLatencies([], 0)).toEqual({
    fills: 0,
    foundLate: 0,
    averageMs: null,
    p50Ms: null,
    p95Ms: null,
    p99Ms: null,
  });
});

it('gives latencies that were measured, by nearest rank', () => {
  const latencies = Array.from({ length: 100 }, (_, i) => (100 - i) * 10);
  expect(summariseLatencies(latencies, 7)).toEqual({
    fills: 100,
    foundLate: 7,
    averageMs: 505,
    p50Ms: 500,
    p95Ms: 950,
    p99Ms: 990,
  });
});

it('counts a single fill as every percentile', () => {
  expect(summariseLatencies([420], 0)).toEqual({
    fills: 1,
    foundLate: 0,
    averageMs: 420,
    p50Ms: 420,
    p95Ms: 420,
    p99Ms: 420,
  });
});
