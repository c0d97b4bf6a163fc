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

it('counts cycles by kind, most first, since the first', () => {
  expect(streakOf('server', 'timeout', 'timeout')).toEqual({
    cycles: 3,
    since: MONDAY_TEN,
    kinds: [
      { kind: 'timeout', cycles: 2 },
      { kind: 'server', cycles: 1 },
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
