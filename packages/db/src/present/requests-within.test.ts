import type { StoredCycle } from '@fill-tracker/db';
import { expect, it } from 'vitest';
import { cycleOf, NOW } from '../../testing/record.ts';
import { requestsWithin } from './count-requests.ts';

const MINUTE = 60_000;

function storedCycle(startedAt: number, lastFinishedAt: number, requests: number): StoredCycle {
  const cycle = cycleOf({ startedAt, finishedAt: startedAt + 100, requests });
  return { ...cycle, id: 1, fencing: 1, repeatCount: 1, lastFinishedAt, longestPauseMs: 0 };
}

it('counts the calls of cycles that ended within the time', () => {
  const cycles = [storedCycle(NOW - 500, NOW - 300, 3), storedCycle(NOW - 90_000, NOW - 80_000, 50)];
  expect(requestsWithin(cycles, NOW, MINUTE)).toBe(3);
});

it('takes its share of coalesced cycles that began before', () => {
  expect(requestsWithin([storedCycle(NOW - 10 * MINUTE, NOW, 120)], NOW, MINUTE)).toBe(12);
});

it('counts a cycle that took no time at all', () => {
  expect(requestsWithin([storedCycle(NOW, NOW, 2)], NOW, MINUTE)).toBe(2);
});
