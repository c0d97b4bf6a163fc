import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { usEquities } from '../market/us-equities.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import { MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { listWindow, restingIntervalMs, type SweepFacts } from './sweep.ts';

const NOW = MONDAY_TEN;
const DAY = 24 * HOUR;
const WINDOW = { from: NOW - 18 * HOUR, to: NOW + 5 * MINUTE };

const FACTS: SweepFacts = {
  now: NOW,
  window: WINDOW,
  pending: [],
  sweeps: { last: { at: NOW - HOUR, from: NOW - 10 * DAY, calls: 1 }, failedAt: null },
  session: usEquities().sessionOn('2026-01-05'),
  requestsPerMinute: 80,
  discoversOrders: false,
};

/** Orders that rest since some ms ago. */
const resting = (...ages: readonly number[]): readonly KnownOrder[] =>
  ages.map((age, i) => ({
    ...newlyKnownOrder(`${i}`, 'TRACKED', NOW - age),
    facts: orderOf({ enteredAt: NOW - age, duration: 'GOOD_TILL_CANCEL' }),
  }));

/** How far back the list reaches, in ms; `today` when it is the trading date's own. */
function reach(facts: Partial<SweepFacts>): number | 'today' {
  const { from, to } = listWindow({ ...FACTS, ...facts });
  expect(to).toBe(WINDOW.to);
  return from === WINDOW.from ? 'today' : NOW - from;
}

const sweptAgo = (ago: number, calls = 1): Pick<SweepFacts, 'sweeps'> => ({
  sweeps: { last: { at: NOW - ago, from: NOW - 10 * DAY, calls }, failedAt: null },
});

describe('listWindow', () => {
  it('is the trading date alone while nothing rests from before', () => {
    expect(reach({})).toBe('today');
    expect(reach({ pending: resting(HOUR) })).toBe('today');
  });

  it('reaches back to the oldest order that rests, every 15 s while its session runs', () => {
    const pending = resting(HOUR, 3 * DAY, 9 * DAY);
    expect(reach({ pending, ...sweptAgo(15 * SECOND) })).toBe(9 * DAY + SECOND);
    expect(reach({ pending, ...sweptAgo(15 * SECOND - 1) })).toBe('today');
  });

  it('reaches back every quarter of an hour while nothing of it can trade', () => {
    const pending = resting(3 * DAY);
    expect(reach({ pending, session: null, ...sweptAgo(15 * MINUTE) })).toBe(3 * DAY + SECOND);
    expect(reach({ pending, session: null, ...sweptAgo(15 * MINUTE - 1) })).toBe('today');
  });

  it('reaches back at once when it never did', () => {
    expect(reach({ pending: resting(3 * DAY), sweeps: { last: null, failedAt: null } })).toBe(3 * DAY + SECOND);
  });

  it('reaches back as far as it can at first, where orders placed elsewhere are looked for', () => {
    expect(reach({ discoversOrders: true, sweeps: { last: null, failedAt: null } })).toBe(59 * DAY);
    expect(reach({ discoversOrders: true })).toBe('today');
  });

  it('reaches back no further than the broker lets it; older orders are asked for by id', () => {
    expect(reach({ pending: resting(60 * DAY) })).toBe('today');
    expect(reach({ pending: resting(60 * DAY, 3 * DAY) })).toBe(3 * DAY + SECOND);
  });

  it('leaves few orders to the way by id when the list is so long that it takes several calls', () => {
    expect(reach({ pending: resting(3 * DAY, 4 * DAY), ...sweptAgo(HOUR, 3) })).toBe('today');
    expect(reach({ pending: resting(3 * DAY, 4 * DAY, 5 * DAY), ...sweptAgo(HOUR, 3) })).toBe(5 * DAY + SECOND);
  });

  it('does not wait for a clock that was set back', () => {
    const pending = resting(3 * DAY);
    expect(reach({ pending, ...sweptAgo(-HOUR) })).toBe(3 * DAY + SECOND);
    expect(reach({ pending, sweeps: { last: null, failedAt: NOW + HOUR } })).toBe(3 * DAY + SECOND);
  });

  it('does not try again soon what the broker could not give', () => {
    const pending = resting(3 * DAY);
    const failedAgo = (ago: number) => ({ sweeps: { last: null, failedAt: NOW - ago } });
    expect(reach({ pending, ...failedAgo(10 * MINUTE - 1) })).toBe('today');
    expect(reach({ pending, ...failedAgo(10 * MINUTE) })).toBe(3 * DAY + SECOND);
    expect(reach({ discoversOrders: true, ...failedAgo(SECOND) })).toBe('today');
    expect(reach({ pending, discoversOrders: true, ...failedAgo(10 * MINUTE) })).toBe(3 * DAY + SECOND);
  });
});

describe('restingIntervalMs', () => {
  const thousand = resting(...Array.from({ length: 1_000 }, () => 3 * DAY));

  it('is the same for one order and for a thousand, when one list shows them all', () => {
    expect(restingIntervalMs({ ...FACTS, pending: resting(3 * DAY) })).toBe(15 * SECOND);
    expect(restingIntervalMs({ ...FACTS, pending: thousand })).toBe(15 * SECOND);
  });

  it('grows with the calls that the list takes: a fifth of the budget is for orders that rest', () => {
    expect(restingIntervalMs({ ...FACTS, pending: thousand, ...sweptAgo(HOUR, 9) })).toBe(30 * SECOND);
  });

  it('grows with the orders when only the way by id is left', () => {
    const sweeps = { last: null, failedAt: NOW };
    expect(restingIntervalMs({ ...FACTS, pending: thousand, sweeps })).toBe((1_000 / 16) * MINUTE);
    expect(restingIntervalMs({ ...FACTS, pending: resting(3 * DAY, 3 * DAY), sweeps })).toBe(15 * SECOND);
  });

  it('counts those that only their id leads to', () => {
    const old = resting(...Array.from({ length: 32 }, () => 70 * DAY));
    expect(restingIntervalMs({ ...FACTS, pending: old })).toBe(2 * MINUTE);
  });
});
