import { expect, it } from 'vitest';
import type { StoredCycle } from '../poll-cycles.ts';
import { requestsWithin } from './requests-within.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');
const MINUTE = 60_000;

function storedCycle(startedAt: number, lastFinishedAt: number, requests: number): StoredCycle {
  const looked = {
    outcome: 'complete',
    due: 0,
    examined: 0,
    listed: 0,
    changed: 0,
    errorKind: null,
    note: null,
  } as const;
  const stored = { id: 1, fencing: 1, repeatCount: 1, longestPauseMs: 0 };
  return { ...looked, ...stored, startedAt, finishedAt: startedAt + 100, lastFinishedAt, requests };
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
