import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { type MarketMoment, type MarketPhase } from '../market/market-moment.ts';
import { usEquities } from '../market/us-equities.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import { MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { PROPERTY_RUNS } from '../testing/property-runs.ts';
import { decideNextPoll, type PollFacts } from './decide-next-poll.ts';
import { DEFAULT_POLL_SETTINGS, leastIntervalMs, type PollSettings } from './poll-settings.ts';

const NOW = MONDAY_TEN;
const BELL = NOW + HOUR;

/** A second after a cycle in regular hours, with one order that has rested for an hour, and no jitter. */
const FACTS: PollFacts = {
  now: NOW,
  lastCycleAt: NOW - SECOND,
  market: market('regular'),
  pending: [entered(HOUR)],
  discoversOrders: true,
  consecutiveFailures: 0,
  pausedUntil: null,
  requestsPerMinute: 80,
  random: 0,
};

/** An order that rests since some ms ago; by default one that may fill before and after hours too. */
function entered(ago: number, orderSession = 'SEAMLESS', brokerStatus = 'WORKING'): KnownOrder {
  const facts = orderOf({ enteredAt: NOW - ago, orderSession, brokerStatus });
  return { ...newlyKnownOrder('1', 'TRACKED', NOW - ago), facts };
}

/** `NOW` lies in a session, whatever phase a case puts it in, unless the market is closed. */
function market(phase: MarketPhase, nextAt: number | null = BELL): MarketMoment {
  return {
    phase,
    session: phase === 'closed' ? null : usEquities().sessionOn('2026-01-05'),
    nextChange: nextAt === null ? null : { at: nextAt, phase: phase === 'regular' ? 'post' : 'regular' },
  };
}

/** The decision as `reason at +ms from now`. */
function decided(facts: Partial<PollFacts>, settings: Partial<PollSettings> = {}): string {
  const { at, reason } = decideNextPoll({ ...FACTS, ...facts }, { ...DEFAULT_POLL_SETTINGS, ...settings });
  return `${reason} ${at === null ? 'never' : `+${at - NOW}`}`;
}

const YOUNG = { pending: [entered(HOUR), entered(119_999)] };
const NONE = { pending: [] };
const OFF = { outsideIntervalMs: null };

describe('decideNextPoll', () => {
  it.each<[string, string, Partial<PollFacts>, Partial<PollSettings>]>([
    ['before any cycle', 'first-cycle +0', { lastCycleAt: null }, {}],
    [
      'before any cycle, market closed by choice',
      'first-cycle +0',
      { lastCycleAt: null, market: market('closed') },
      OFF,
    ],
    ['in regular hours', 'regular-hours +4000', {}, {}],
    ['in regular hours, with nothing pending but others to discover', 'regular-hours +4000', NONE, {}],
    ['in pre-market hours', 'extended-hours +14000', { market: market('pre') }, {}],
    ['in post-market hours', 'extended-hours +14000', { market: market('post') }, {}],
    [
      'in post-market hours that do not count',
      'outside-hours +119000',
      { market: market('post') },
      { extendedHours: false },
    ],
    ['outside hours', 'outside-hours +119000', { market: market('closed') }, {}],
    ['with a young order', 'young-orders +0', YOUNG, {}],
    ['with a young order outside hours', 'young-orders +0', { ...YOUNG, market: market('closed') }, {}],
    ['with an order just old enough', 'regular-hours +4000', { pending: [entered(120_000)] }, {}],
    ['with an order from a clock ahead of ours', 'young-orders +0', { pending: [entered(-MINUTE)] }, {}],
    [
      'with nothing pending and nothing to discover',
      'nothing-pending +119000',
      { ...NONE, discoversOrders: false },
      {},
    ],
    [
      'the same in regular hours, outside closed by choice',
      'nothing-pending +14000',
      { ...NONE, discoversOrders: false },
      OFF,
    ],
    ['closed by choice, until the bell', 'closed-by-choice +3600000', { market: market('closed') }, OFF],
    [
      'closed by choice, even with a young order',
      'closed-by-choice +3600000',
      { ...YOUNG, market: market('closed') },
      OFF,
    ],
    [
      'closed by choice in post-market hours that do not count',
      'closed-by-choice +3600000',
      { market: market('post') },
      { ...OFF, extendedHours: false },
    ],
    ['closed by choice, and no bell ahead', 'closed-by-choice never', { market: market('closed', null) }, OFF],
    ['open for ever', 'regular-hours +4000', { market: market('regular', null) }, {}],
    ['a bell before the interval is over', 'outside-hours +500', { market: market('closed', NOW + 500) }, {}],
    ['a bell just after the interval', 'regular-hours +4000', { market: market('regular', NOW + 4_001) }, {}],
    ['overdue', 'regular-hours +0', { lastCycleAt: NOW - HOUR }, {}],
    ['after a failure', 'failing +1000', { consecutiveFailures: 1 }, {}],
    ['after five failures', 'failing +15000', { consecutiveFailures: 5 }, {}],
    ['after a failure, with a young order', 'failing +1000', { ...YOUNG, consecutiveFailures: 1 }, {}],
    [
      'after a failure at once, no sooner than a fast cycle',
      'failing +1000',
      { lastCycleAt: NOW, consecutiveFailures: 1, random: 0.9 },
      {},
    ],
    ['asked for silence', 'rate-limited +30000', { pausedUntil: NOW + 30_000 }, {}],
    ['asked for silence before any cycle', 'rate-limited +30000', { lastCycleAt: null, pausedUntil: NOW + 30_000 }, {}],
    [
      'asked for silence while failing',
      'rate-limited +30000',
      { consecutiveFailures: 3, pausedUntil: NOW + 30_000 },
      {},
    ],
    ['asked for a silence that is over by then', 'regular-hours +4000', { pausedUntil: NOW + 4_000 }, {}],
    [
      'asked for silence, closed by choice for longer',
      'closed-by-choice +3600000',
      { market: market('closed'), pausedUntil: NOW + 30_000 },
      OFF,
    ],
    ['with jitter', 'regular-hours +4100', { random: 0.5 }, {}],
    [
      'with a young order that waits for the next session',
      'outside-hours +119000',
      { pending: [entered(SECOND, 'NORMAL', 'PENDING_ACTIVATION')], market: market('closed') },
      {},
    ],
    [
      'in post-market hours, when nothing is looked for that could trade then',
      'outside-hours +119000',
      { pending: [entered(2 * MINUTE, 'AM')], market: market('post'), discoversOrders: false },
      {},
    ],
    [
      'in post-market hours, with an order that may trade then, and nothing else looked for',
      'extended-hours +14000',
      { market: market('post'), discoversOrders: false },
      {},
    ],
    ['after "too many", as the lowered budget bears', 'young-orders +3000', { ...YOUNG, requestsPerMinute: 20 }, {}],
  ])('%s: %s', (_name, expected, facts, settings) => {
    expect(decided(facts, settings)).toBe(expected);
  });

  const anyFacts: fc.Arbitrary<PollFacts> = fc.record({
    now: fc.constant(NOW),
    lastCycleAt: fc.option(fc.nat({ max: HOUR }).map((ago) => NOW - ago)),
    market: fc.record({
      phase: fc.constantFrom<MarketPhase>('pre', 'regular', 'post', 'closed'),
      session: fc.constantFrom(null, usEquities().sessionOn('2026-01-05')),
      nextChange: fc.option(fc.nat({ max: HOUR }).map((ms) => ({ at: NOW + 1 + ms, phase: 'regular' as const }))),
    }),
    pending: fc.array(
      fc
        .tuple(
          fc.nat({ max: HOUR }),
          fc.constantFrom('NORMAL', 'AM', 'PM', 'SEAMLESS', 'NEVER_SEEN'),
          fc.constantFrom('WORKING', 'PENDING_ACTIVATION', 'PENDING_CANCEL', 'NEVER_SEEN'),
        )
        .map((order) => entered(...order)),
      { maxLength: 3 },
    ),
    requestsPerMinute: fc.integer({ min: 6, max: 120 }),
    discoversOrders: fc.boolean(),
    consecutiveFailures: fc.oneof(fc.constant(0), fc.nat({ max: 100 })),
    pausedUntil: fc.option(fc.integer({ min: -HOUR, max: HOUR }).map((ms) => NOW + ms)),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  const anySettings: fc.Arbitrary<PollSettings> = fc.record({
    intervalMs: fc.integer({ min: SECOND, max: 30 * SECOND }),
    fastIntervalMs: fc.constant(SECOND),
    fastForMs: fc.integer({ min: 0, max: 5 * MINUTE }),
    jitterMs: fc.integer({ min: 0, max: 5 * SECOND }),
    extendedIntervalMs: fc.integer({ min: SECOND, max: MINUTE }),
    outsideIntervalMs: fc.option(fc.integer({ min: SECOND, max: 5 * MINUTE })),
    extendedHours: fc.boolean(),
    witnessAfterMs: fc.constant(MINUTE),
    witnessEveryMs: fc.constant(SECOND),
  });

  function always(check: (facts: PollFacts, settings: PollSettings) => void): void {
    fc.assert(fc.property(anyFacts, anySettings, check), PROPERTY_RUNS);
  }

  it('never decides for the past, nor within a silence that the broker asked for', () => {
    always((facts, settings) => {
      const { at } = decideNextPoll(facts, settings);
      expect(at ?? Infinity).toBeGreaterThanOrEqual(Math.max(NOW, facts.pausedUntil ?? NOW));
    });
  });

  it('never polls faster than the fast interval, but for a bell', () => {
    always((facts, settings) => {
      const { at } = decideNextPoll(facts, settings);
      const bell = facts.market.nextChange?.at ?? Infinity;
      if (at === null || facts.lastCycleAt === null || at >= bell) return;
      expect(at).toBeGreaterThanOrEqual(facts.lastCycleAt + settings.fastIntervalMs);
    });
  });

  it('sleeps for ever only when the owner chose so', () => {
    always((facts, settings) => {
      const { at, reason } = decideNextPoll(facts, settings);
      const isByChoice = reason === 'closed-by-choice' && settings.outsideIntervalMs === null;
      expect(at !== null || isByChoice).toBe(true);
    });
  });

  it('sleeps through no bell, unless it fails or must be silent', () => {
    always((facts, settings) => {
      const { at, reason } = decideNextPoll(facts, settings);
      if (at === null || reason === 'failing' || reason === 'rate-limited') return;
      expect(at).toBeLessThanOrEqual(facts.market.nextChange?.at ?? Infinity);
    });
  });

  it('waits no longer than the longest interval with its jitter, or the longest backoff', () => {
    always((facts, settings) => {
      const { at, reason } = decideNextPoll({ ...facts, pausedUntil: null }, settings);
      if (at === null || reason === 'closed-by-choice') return;
      const { intervalMs, extendedIntervalMs, outsideIntervalMs, jitterMs } = settings;
      const least = leastIntervalMs(facts);
      const longest = Math.max(intervalMs, extendedIntervalMs, outsideIntervalMs ?? 0, least) + jitterMs;
      expect(at - NOW).toBeLessThanOrEqual(Math.max(longest, MINUTE));
    });
  });

  it('lets chance add to a wait, and never more than the jitter', () => {
    always((facts, settings) => {
      const calm = { ...facts, consecutiveFailures: 0, pausedUntil: null };
      const { at } = decideNextPoll(calm, settings);
      const { at: earliest } = decideNextPoll({ ...calm, random: 0 }, settings);
      if (at === null || earliest === null) return;
      expect(at).toBeGreaterThanOrEqual(earliest);
      expect(at - earliest).toBeLessThanOrEqual(settings.jitterMs);
    });
  });
});
