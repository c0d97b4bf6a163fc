import { expect, it } from 'vitest';
import { HOUR, SECOND } from '../instant.ts';
import { type DeadManFacts, isPingDue } from './dead-man.ts';

const NOW = 1_000_000_000;
const isDue = (facts: Partial<DeadManFacts>) =>
  isPingDue(
    {
      lastPingAt: NOW - 60 * SECOND,
      lastCompleteAt: NOW - SECOND,
      isLastComplete: true,
      cycleStartedAt: null,
      next: { at: NOW + SECOND, reason: 'regular-hours' },
      ...facts,
    },
    NOW,
  );

it('pings after a complete cycle, once a minute at most', () => {
  expect(isDue({})).toBe(true);
  expect(isDue({ lastPingAt: null })).toBe(true);
  expect(isDue({ lastPingAt: NOW - 59 * SECOND })).toBe(false);
});

it('pings for nothing but a cycle that examined everything due, and once for each', () => {
  expect(isDue({ lastCompleteAt: null, lastPingAt: null })).toBe(false);
  expect(isDue({ isLastComplete: false })).toBe(false);
  expect(isDue({ lastCompleteAt: NOW - 61 * SECOND })).toBe(false);
});

it('goes on while nothing is polled by choice and the loop rests as it should', () => {
  const resting = { lastCompleteAt: NOW - 9 * HOUR };
  const next = (at: number | null) => ({ at, reason: 'closed-by-choice' }) as const;
  expect(isDue({ ...resting, next: next(NOW + HOUR) })).toBe(true);
  expect(isDue({ ...resting, next: next(null) })).toBe(true);
  expect(isDue({ ...resting, next: next(NOW - 11 * SECOND) })).toBe(false);
  expect(isDue({ ...resting, next: next(NOW + HOUR), isLastComplete: false })).toBe(false);
  expect(isDue({ ...resting, next: next(NOW + HOUR), cycleStartedAt: NOW - SECOND })).toBe(false);
});
