import { expect, it } from 'vitest';
import { MONDAY_TEN } from '../testing/builders.ts';
import { extendStreak, type FailureStreak, isNotable } from './failure-streak.ts';

function streakOf(...kinds: string[]): FailureStreak {
  const [first = 'network', ...others] = kinds;
  return others.reduce<FailureStreak>(
    (streak, kind, i) => extendStreak(streak, kind, MONDAY_TEN + i + 1),
    extendStreak(null, first, MONDAY_TEN),
  );
}

it('counts looks by kind, in the order of first appearance, since the first', () => {
  expect(streakOf('timeout', 'server', 'timeout')).toEqual({
    looks: 3,
    since: MONDAY_TEN,
    kinds: [
      { kind: 'timeout', looks: 2 },
      { kind: 'server', looks: 1 },
    ],
  });
});

it.each<[readonly string[], boolean]>([
  [['network'], false],
  [['network', 'timeout'], false],
  [['network', 'timeout', 'network'], true],
  [['sign-in-needed'], true],
  [['network', 'forbidden'], true],
])('%j matters: %s', (kinds, matters) => {
  expect(isNotable(streakOf(...kinds))).toBe(matters);
});
