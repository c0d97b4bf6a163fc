import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it.each([
  [1, 1_000],
  [2, 2_000],
  [3, 4_000],
  [4, 8_000],
  [5, 15_000],
  [1_000_000, 15_000],
])('after %i failures waits at most %i ms, and at least half of it', (failures, longest) => {
  expect(backoffMs(failures, 0)).toBe(longest);
  expect(backoffMs(failures, 0.5)).toBe(longest * 0.75);
  expect(backoffMs(failures, 0.999_999_9)).toBeGreaterThanOrEqual(longest / 2);
});

it.each([
  ['network', 1_000, 15_000],
  ['timeout', 1_000, 15_000],
  ['a word of a later day', 1_000, 15_000],
  ['rate-limited', 2_000, 15_000],
  ['unauthorized', 2_000, 15_000],
  ['forbidden', 2_000, 15_000],
  ['shape', 2_000, 15_000],
  ['sign-in-needed', 20_000, 20_000],
])('after %s waits %i ms at first and %i ms at most', (kind, first, longest) => {
  expect(backoffMs(1, 0, kind)).toBe(first);
  expect(backoffMs(100, 0, kind)).toBe(longest);
});
