import { describe, expect, it } from 'vitest';
import { spareCalls } from './spare-calls.ts';

const BUDGET = { perMinute: 80, allowedPerMinute: 80, usedLastMinute: 57, waiting: 0, pausedUntil: null };

describe('what the budget can spare', () => {
  it.each([
    ['a market that is looked at every second leaves some', {}, 15],
    ['beside looks by id as well', { usedLastMinute: 71 }, 1],
    ['the last tenth is kept', { usedLastMinute: 72 }, 0],
    ['and never less than none', { usedLastMinute: 80 }, 0],
    ['less after "too many"', { allowedPerMinute: 40, usedLastMinute: 30 }, 6],
    [
      'a budget of four calls a minute, three of them lists, has one left',
      { allowedPerMinute: 4, usedLastMinute: 3 },
      1,
    ],
    ['none while somebody waits', { waiting: 1 }, 0],
    ['none during a pause', { pausedUntil: 1 }, 0],
  ])('%s', (_, differs, spare) => {
    expect(spareCalls({ budget: () => ({ ...BUDGET, ...differs }) })).toBe(spare);
  });
});
