import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { ALWAYS_OPEN } from '../market/always-open.ts';
import type { MarketCalendar } from '../market/market-calendar.ts';
import { tradingDateAt } from '../market/trading-date.ts';
import { usEquities } from '../market/us-equities.ts';
import { MONDAY_TEN } from '../testing/builders.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import {
  blindSpotWindows,
  historyWindows,
  isNearingWindowLimit,
  type PollWindow,
  pollWindow,
  splitWindow,
  windowCovers,
} from './poll-window.ts';

const MARKET = usEquities();
const DAY = 24 * HOUR;
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

describe('splitWindow', PROPERTY_TIMEOUT, () => {
  it.each<[string, PollWindow, readonly [PollWindow, PollWindow] | null]>([
    [
      'a day',
      { from: 0, to: DAY },
      [
        { from: 0, to: DAY / 2 },
        { from: DAY / 2 - SECOND, to: DAY },
      ],
    ],
    [
      '4 s',
      { from: 0, to: 4_000 },
      [
        { from: 0, to: 2_000 },
        { from: 1_000, to: 4_000 },
      ],
    ],
    [
      '3 s, sharing the seam alone',
      { from: 0, to: 3_000 },
      [
        { from: 0, to: 2_000 },
        { from: 2_000, to: 3_000 },
      ],
    ],
    [
      '2 s',
      { from: 0, to: 2_000 },
      [
        { from: 0, to: 1_000 },
        { from: 1_000, to: 2_000 },
      ],
    ],
    [
      'just over a second, at a whole one',
      { from: 200, to: 1_300 },
      [
        { from: 200, to: 1_000 },
        { from: 1_000, to: 1_300 },
      ],
    ],
    ['a second no more', { from: 0, to: 1_000 }, null],
    ['an instant no more', { from: 5, to: 5 }, null],
  ])('halves %s', (_name, window, expected) => {
    expect(splitWindow(window)).toEqual(expected);
  });

  const anyWindow = fc
    .record({ from: fc.nat({ max: DAY }), width: fc.oneof(fc.nat({ max: 20_000 }), fc.nat({ max: 60 * DAY })) })
    .map(({ from: start, width }) => ({ from: start, to: start + width }));

  it('covers the window with narrower ones, over and over, down to a second', () => {
    fc.assert(
      fc.property(anyWindow, fc.double({ min: 0, max: 1, noNaN: true }), (whole, place) => {
        const enteredAt = whole.from + Math.floor(place * (whole.to - whole.from));
        let window: PollWindow = whole;
        for (let halves = splitWindow(window); halves !== null; halves = splitWindow(window)) {
          const [first, second] = halves;
          expect([first.from, second.to]).toEqual([window.from, window.to]);
          expect(second.from).toBeLessThanOrEqual(first.to);
          for (const half of halves) expect(half.to - half.from).toBeLessThan(window.to - window.from);
          expect(halves.some((half) => windowCovers(half, enteredAt))).toBe(true);
          window = windowCovers(first, enteredAt) ? first : second;
        }
        expect(window.to - window.from).toBeLessThanOrEqual(SECOND);
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('historyWindows', PROPERTY_TIMEOUT, () => {
  const NOW = Date.parse('2026-01-06T15:00:00Z');

  it('goes back in steps that overlap by a second, oldest first, and ends a little ahead', () => {
    expect(historyWindows(NOW - 10 * DAY, NOW, 4 * DAY)).toEqual([
      { from: NOW - 10 * DAY, to: NOW - 6 * DAY },
      { from: NOW - 6 * DAY - SECOND, to: NOW - 2 * DAY - SECOND },
      { from: NOW - 2 * DAY - 2 * SECOND, to: NOW + 5 * MINUTE },
    ]);
  });

  it('is one window where that is enough, and none for what lies ahead', () => {
    expect(historyWindows(NOW - DAY, NOW)).toEqual([{ from: NOW - DAY, to: NOW + 5 * MINUTE }]);
    expect(historyWindows(NOW + 5 * MINUTE, NOW)).toEqual([]);
  });

  it.each([
    ['forward', '2026-04-15T04:30:00Z'],
    ['back', '2026-12-01T05:30:00Z'],
    ['not at all', '2026-02-20T05:30:00Z'],
  ])('stays within 60 days of today, in New York and in UTC, when the clocks went %s in between', (_name, at) => {
    const now = Date.parse(at);
    const oldest = historyWindows(0, now)[0]?.from ?? 0;
    for (const dateOf of [tradingDateAt, (instant: number) => new Date(instant).toISOString().slice(0, 10)]) {
      const days = Math.round((Date.parse(dateOf(now)) - Date.parse(dateOf(oldest))) / DAY);
      expect(days).toBeGreaterThanOrEqual(59);
      expect(days).toBeLessThanOrEqual(60);
    }
  });

  it('refuses a step that would never end', () => {
    expect(() => historyWindows(0, NOW, SECOND)).toThrow('A step of 1000 ms never gets past its overlap of 1000 ms');
  });

  it('covers every instant since then that the broker still lists, in windows no wider than asked', () => {
    const facts = fc.record({
      now: fc.integer({ min: NOW, max: NOW + 3 * 365 * DAY }),
      age: fc.nat({ max: 80 * DAY }),
      stepMs: fc.integer({ min: DAY, max: 70 * DAY }),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(facts, ({ now, age, stepMs, place }) => {
        const windows = historyWindows(now - age, now, stepMs);
        const oldest = Math.max(now - age, now - 59 * DAY);
        const enteredAt = oldest + Math.floor(place * (now - oldest));
        expect(windows.some((window) => windowCovers(window, enteredAt))).toBe(true);
        expect(windows[0]?.from).toBe(oldest);
        for (const [i, { from: start, to }] of windows.entries()) {
          expect(to - start).toBeLessThanOrEqual(stepMs);
          expect(start).toBeLessThan(to);
          if (i > 0) expect(start).toBe((windows[i - 1]?.to ?? 0) - SECOND);
        }
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('isNearingWindowLimit', () => {
  it.each([
    ['an order of yesterday', DAY, false],
    ['one just under 50 days old', 50 * DAY - 1, false],
    ['one 50 days old', 50 * DAY, true],
    ['one long past the limit', 90 * DAY, true],
  ])('of %s', (_name, age, expected) => {
    expect(isNearingWindowLimit(1e12 - age, 1e12)).toBe(expected);
  });
});

describe('blindSpotWindows', () => {
  const today = { from: MONDAY_TEN - 66 * HOUR, to: MONDAY_TEN + 5 * MINUTE };

  it('asks for nothing when the list of today shows all of the spot', () => {
    const spot = { beganAt: today.from + 6 * MINUTE, endedAt: MONDAY_TEN };
    expect(blindSpotWindows(spot, today, MONDAY_TEN)).toEqual([]);
  });

  it('asks for what was entered before that list begins, with a margin for the clock of the broker', () => {
    const beganAt = today.from - HOUR;
    expect(blindSpotWindows({ beganAt, endedAt: MONDAY_TEN }, today, MONDAY_TEN)).toEqual([
      { from: beganAt - 5 * MINUTE, to: today.from + SECOND },
    ]);
  });

  it('asks no further than the end of a spot that was over long before', () => {
    const spot = { beganAt: today.from - 20 * HOUR, endedAt: today.from - 19 * HOUR };
    expect(blindSpotWindows(spot, today, MONDAY_TEN)).toEqual([
      { from: spot.beganAt - 5 * MINUTE, to: spot.endedAt + 5 * MINUTE },
    ]);
  });

  it('covers weeks in steps that overlap, and reaches as far back as the broker lets it', () => {
    const spot = { beganAt: MONDAY_TEN - 100 * 24 * HOUR, endedAt: MONDAY_TEN };
    const windows = blindSpotWindows(spot, today, MONDAY_TEN);
    expect(windows[0]?.from).toBe(MONDAY_TEN - 59 * 24 * HOUR);
    expect(windows.at(-1)?.to).toBe(today.from + SECOND);
    for (const [i, window] of windows.entries()) {
      if (i > 0) expect(window.from).toBeLessThan(windows[i - 1]?.to ?? 0);
    }
  });
});
