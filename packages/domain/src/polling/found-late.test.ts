import { expect, it } from 'vitest';
import { SECOND } from '../instant.ts';
import { MONDAY_TEN } from '../testing/builders.ts';
import { blindSpotOfFill } from './found-late.ts';

/** From 10:00:05.4 to 10:00:20.6. */
const SPOT = { id: 1, beganAt: MONDAY_TEN + 5_400, endedAt: MONDAY_TEN + 20_600 };

it.each<[string, number | null, number, boolean]>([
  ['in the midst of it, found after it', 10, 21_000, true],
  ['found by the very look that ended it', 10, 20_600, true],
  ['in the second in which it began', 5, 21_000, true],
  ['in the second in which it ended', 20, 21_000, true],
  ['a second before it began', 4, 21_000, false],
  ['a second after it ended', 21, 22_000, false],
  ['in it, and found while it lasted: by its id, on a command', 10, 12_000, false],
  ['at a time that the broker did not tell', null, 21_000, false],
])('a fill %s', (_name, second, foundAfterMs, isLate) => {
  const fill = {
    occurredAt: second === null ? null : MONDAY_TEN + second * SECOND,
    committedAt: MONDAY_TEN + foundAfterMs,
  };
  expect(blindSpotOfFill(fill, [SPOT])).toBe(isLate ? SPOT : null);
});

it('names the spot that kept it out of sight to the end', () => {
  const next = { id: 2, beganAt: SPOT.endedAt, endedAt: SPOT.endedAt + 30 * SECOND };
  const fill = { occurredAt: MONDAY_TEN + 20 * SECOND, committedAt: next.endedAt + 100 };
  expect(blindSpotOfFill(fill, [next, SPOT])?.id).toBe(2);
  expect(blindSpotOfFill(fill, [SPOT, next])?.id).toBe(2);
});
