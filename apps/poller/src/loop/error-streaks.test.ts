import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import { createStreaks } from './error-streaks.ts';

function hearingStreaks() {
  const told: string[] = [];
  const streaks = createStreaks({
    streakBegan: ({ cycles, kinds }) =>
      void told.push(`began: ${cycles} (${kinds.map(({ kind }) => kind).join(', ')})`),
    recovered: ({ cycles, since, until }) => void told.push(`recovered: ${cycles} in ${until - since} ms`),
  });
  return { streaks, told };
}

it('tells once that a streak matters, and once that it is over', () => {
  const { streaks, told } = hearingStreaks();
  for (const [i, kind] of ['network', 'timeout', 'network', 'network', 'network'].entries()) {
    streaks.failed(kind, MONDAY_TEN + i * 1_000);
  }
  streaks.ended(MONDAY_TEN + 9_000);
  streaks.ended(MONDAY_TEN + 10_000);
  expect(told).toEqual(['began: 3 (network, timeout)', 'recovered: 5 in 9000 ms']);
});

it('says nothing of a failure that passes, and counts anew after it', () => {
  const { streaks, told } = hearingStreaks();
  for (const at of [0, 1_000, 3_000, 4_000]) {
    streaks.failed('network', MONDAY_TEN + at);
    if (at === 1_000) streaks.ended(MONDAY_TEN + 2_000);
  }
  streaks.ended(MONDAY_TEN + 5_000);
  expect(told).toEqual([]);
});
