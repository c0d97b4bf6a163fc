import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../instant.ts';
import { ALWAYS_OPEN } from '../market/always-open.ts';
import type { MarketCalendar } from '../market/market-calendar.ts';
import { usEquities } from '../market/us-equities.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import { nextRecheckAt } from './recheck-ladder.ts';

const MARKET = usEquities();
const SHUT: MarketCalendar = { name: 'shut', validThrough: null, sessionOn: () => null };

/** Every look at an order that settled then, in UTC. */
function ladder(settled: string, calendar: MarketCalendar = MARKET): readonly string[] {
  return climb(Date.parse(settled), calendar).map((at) => new Date(at).toISOString().replace('.000Z', 'Z'));
}

function climb(settledAt: number, calendar: MarketCalendar): readonly number[] {
  const rungs: number[] = [];
  for (let at = nextRecheckAt(settledAt, settledAt, calendar); at !== null;) {
    rungs.push(at);
    at = nextRecheckAt(settledAt, at, calendar);
  }
  return rungs;
}

describe('nextRecheckAt', PROPERTY_TIMEOUT, () => {
  it.each<[string, string, readonly string[]]>([
    [
      'in regular hours',
      '2026-01-05T15:00:00Z',
      ['2026-01-05T15:00:30Z', '2026-01-05T15:05:00Z', '2026-01-05T21:30:00Z', '2026-01-06T12:00:00Z'],
    ],
    [
      'just before the close, still half an hour after it',
      '2026-01-05T20:59:59Z',
      ['2026-01-05T21:00:29Z', '2026-01-05T21:04:59Z', '2026-01-05T21:30:00Z', '2026-01-06T12:00:00Z'],
    ],
    [
      'in late trading, after the end of that',
      '2026-01-05T22:00:00Z',
      ['2026-01-05T22:00:30Z', '2026-01-05T22:05:00Z', '2026-01-06T01:30:00Z', '2026-01-06T12:00:00Z'],
    ],
    [
      'so near the look after the close that it would come too soon, after late trading',
      '2026-01-05T21:27:00Z',
      ['2026-01-05T21:27:30Z', '2026-01-05T21:32:00Z', '2026-01-06T01:30:00Z', '2026-01-06T12:00:00Z'],
    ],
    [
      'in the evening, with nothing more that day',
      '2026-01-06T03:00:00Z',
      ['2026-01-06T03:00:30Z', '2026-01-06T03:05:00Z', '2026-01-06T12:00:00Z'],
    ],
    [
      'on a Friday, on Monday morning',
      '2026-01-09T15:00:00Z',
      ['2026-01-09T15:00:30Z', '2026-01-09T15:05:00Z', '2026-01-09T21:30:00Z', '2026-01-12T12:00:00Z'],
    ],
    [
      'on a Saturday, on Monday morning',
      '2026-01-10T15:00:00Z',
      ['2026-01-10T15:00:30Z', '2026-01-10T15:05:00Z', '2026-01-12T12:00:00Z'],
    ],
    [
      'on a day of early close',
      '2026-11-27T15:00:00Z',
      ['2026-11-27T15:00:30Z', '2026-11-27T15:05:00Z', '2026-11-27T18:30:00Z', '2026-11-30T12:00:00Z'],
    ],
    [
      'on the Friday before the clocks go forward, an hour earlier in UTC on Monday',
      '2026-03-06T15:00:00Z',
      ['2026-03-06T15:00:30Z', '2026-03-06T15:05:00Z', '2026-03-06T21:30:00Z', '2026-03-09T11:00:00Z'],
    ],
    [
      'on the Friday before they go back, an hour later in UTC on Monday',
      '2026-10-30T15:00:00Z',
      ['2026-10-30T15:00:30Z', '2026-10-30T15:05:00Z', '2026-10-30T20:30:00Z', '2026-11-02T12:00:00Z'],
    ],
  ])('looks again at an order that settled %s', (_name, settled, expected) => {
    expect(ladder(settled)).toEqual(expected);
  });

  it('looks again a day later where no session is known', () => {
    expect(ladder('2026-01-05T15:00:00Z', SHUT).at(-1)).toBe('2026-01-06T15:00:00Z');
  });

  it('looks again after midnight in a market that is always open', () => {
    expect(ladder('2026-01-05T15:00:00Z', ALWAYS_OPEN).slice(2)).toEqual([
      '2026-01-06T05:00:00Z',
      '2026-01-06T05:30:00Z',
    ]);
  });

  it('skips what was slept through', () => {
    const settledAt = Date.parse('2026-01-05T15:00:00Z');
    expect(nextRecheckAt(settledAt, settledAt + 2 * HOUR, MARKET)).toBe(Date.parse('2026-01-05T21:30:00Z'));
    expect(nextRecheckAt(settledAt, settledAt + 7 * 24 * HOUR, MARKET)).toBeNull();
  });

  it('always climbs, three or four rungs, from 30 s to within a long weekend', () => {
    const start = Date.parse('2025-01-15T00:00:00Z');
    const settled = fc.nat({ max: 3 * 365 * 24 * 60 }).map((minutes) => start + minutes * MINUTE);
    fc.assert(
      fc.property(settled, fc.constantFrom(MARKET, ALWAYS_OPEN, SHUT), (settledAt, calendar) => {
        const rungs = climb(settledAt, calendar);
        expect(rungs).toEqual([...new Set(rungs)].sort((a, b) => a - b));
        expect(rungs.length).toBeGreaterThanOrEqual(3);
        expect(rungs.length).toBeLessThanOrEqual(4);
        expect(rungs[0]).toBeLessThanOrEqual(settledAt + 30_000);
        expect(rungs.at(-1)).toBeLessThanOrEqual(settledAt + 5 * 24 * HOUR);
      }),
      PROPERTY_RUNS,
    );
  });
});
