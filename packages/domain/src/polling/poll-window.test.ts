import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../instant.ts';
import { ALWAYS_OPEN } from '../market/always-open.ts';
import type { MarketCalendar } from '../market/market-calendar.ts';
import { usEquities } from '../market/us-equities.ts';
import { PROPERTY_RUNS } from '../testing/property-runs.ts';
import { pollWindow, windowCovers } from './poll-window.ts';

const MARKET = usEquities();
const SHUT: MarketCalendar = { name: 'shut', validThrough: null, sessionOn: () => null };

/** The beginning of the window at a moment, in UTC. */
function from(now: string, calendar: MarketCalendar = MARKET): string {
  return new Date(pollWindow(calendar, Date.parse(now)).from).toISOString().replace('.000Z', 'Z');
}

describe('pollWindow', () => {
  it.each([
    ['on a Tuesday morning, from the close of Monday', '2026-01-06T15:00:00Z', '2026-01-05T21:00:00Z'],
    ['on a Tuesday night, still', '2026-01-07T04:59:59Z', '2026-01-05T21:00:00Z'],
    ['on a Monday, from the close of Friday: orders of the weekend', '2026-01-05T15:00:00Z', '2026-01-02T21:00:00Z'],
    ['on a Sunday, from the close of Friday', '2026-01-04T15:00:00Z', '2026-01-02T21:00:00Z'],
    ['on a Tuesday after a holiday, from the close of Friday', '2026-01-20T15:00:00Z', '2026-01-16T21:00:00Z'],
    ['after an early close, from 13:00', '2026-11-30T15:00:00Z', '2026-11-27T18:00:00Z'],
    ['on the Monday after the clocks went forward', '2026-03-09T14:00:00Z', '2026-03-06T21:00:00Z'],
  ])('begins %s', (_name, now, expected) => {
    expect(from(now)).toBe(expected);
  });

  it('reaches back two hours over midnight in a market that is always open', () => {
    expect(from('2026-01-06T05:30:00Z', ALWAYS_OPEN)).toBe('2026-01-06T03:30:00Z');
    expect(from('2026-01-06T15:00:00Z', ALWAYS_OPEN)).toBe('2026-01-06T05:00:00Z');
  });

  it('reaches back two hours where no session is known', () => {
    expect(from('2026-01-06T15:00:00Z', SHUT)).toBe('2026-01-06T13:00:00Z');
  });

  it('reaches ahead a little: the clock of the broker may run before ours', () => {
    const now = Date.parse('2026-01-06T15:00:00Z');
    expect(pollWindow(MARKET, now).to - now).toBe(5 * MINUTE);
  });

  it('covers the last two hours and the present, and never more than five days', () => {
    const start = Date.parse('2025-01-15T00:00:00Z');
    fc.assert(
      fc.property(fc.nat({ max: 3 * 365 * 24 * 60 }), (minutes) => {
        const now = start + minutes * MINUTE;
        const window = pollWindow(MARKET, now);
        expect(windowCovers(window, now - 2 * HOUR) && windowCovers(window, now)).toBe(true);
        expect(now - window.from).toBeLessThanOrEqual(5 * 24 * HOUR);
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('windowCovers', () => {
  const window = { from: 1_000, to: 2_000 };

  it.each([
    [999, false],
    [1_000, true],
    [2_000, true],
    [2_001, false],
  ])('an entry at %i: %s', (enteredAt, expected) => {
    expect(windowCovers(window, enteredAt)).toBe(expected);
  });
});
