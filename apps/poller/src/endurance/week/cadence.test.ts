import { usEquities } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { type CycleInWeek, missedBells, restsBetween } from './cadence.ts';

const at = (text: string): number => Date.parse(text);
const CYCLES: readonly CycleInWeek[] = [
  { startedAt: at('2026-01-05T14:29:50Z'), nextReason: 'extended-hours' },
  { startedAt: at('2026-01-05T14:30:00Z'), nextReason: 'regular-hours' },
  { startedAt: at('2026-01-05T14:30:05Z'), nextReason: 'regular-hours' },
  { startedAt: at('2026-01-05T14:30:11Z'), nextReason: 'young-orders' },
];

describe('restsBetween', () => {
  it('tells the shortest and the longest rest of each kind', () => {
    expect(restsBetween(CYCLES, usEquities())).toEqual([
      { phase: 'pre', reason: 'extended-hours', count: 1, shortest: 10_000, longest: 10_000 },
      { phase: 'regular', reason: 'regular-hours', count: 2, shortest: 5_000, longest: 6_000 },
    ]);
  });
});

describe('missedBells', () => {
  it('names the bells that nobody heard', () => {
    const span = { from: at('2026-01-05T14:00:00Z'), to: at('2026-01-05T22:00:00Z'), withinMs: 1_000 };
    expect(missedBells(CYCLES, usEquities(), span)).toEqual(['2026-01-05T21:00:00.000Z (post)']);
  });
});
