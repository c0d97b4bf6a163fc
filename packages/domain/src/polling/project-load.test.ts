import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { marketMoment } from '../market/market-moment.ts';
import { usEquities } from '../market/us-equities.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import { MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { DEFAULT_POLL_SETTINGS, type PollSettings } from './poll-settings.ts';
import { type LoadFacts, type LoadProjection, projectLoad } from './project-load.ts';

const NOW = MONDAY_TEN;
const DAY = 24 * HOUR;
const CALENDAR = usEquities();
const SETTINGS = { ...DEFAULT_POLL_SETTINGS, jitterMs: 200 };

const orders = (count: number, age: number): readonly KnownOrder[] =>
  Array.from({ length: count }, (_, i) => ({
    ...newlyKnownOrder(`${i}`, 'TRACKED', NOW - age),
    facts: orderOf({ enteredAt: NOW - age }),
  }));

function project(facts: Partial<LoadFacts>, settings: PollSettings = SETTINGS): LoadProjection {
  const now = facts.now ?? NOW;
  const market = marketMoment(CALENDAR, now);
  return projectLoad(
    {
      now,
      market,
      session: market.session,
      window: { from: now - 18 * HOUR, to: now + 5 * MINUTE },
      pending: orders(143, HOUR),
      sweeps: { last: null, failedAt: null },
      requestsPerMinute: 80,
      discoversOrders: true,
      lookMs: 100,
      ...facts,
    },
    settings,
  );
}

describe('projectLoad', () => {
  it('is one interval, its jitter and two looks at worst, at one call each interval', () => {
    expect(project({})).toEqual({
      workingOrders: 143,
      worstCaseMs: 5_300,
      restingWorstCaseMs: null,
      requestsPerMinute: 12,
      allowedPerMinute: 80,
      reason: 'regular-hours',
    });
  });

  it('costs the same calls for ten orders as for a thousand', () => {
    const young = (count: number) => project({ pending: orders(count, SECOND) });
    expect(young(10)).toMatchObject({ worstCaseMs: 1_300, requestsPerMinute: 55, reason: 'young-orders' });
    expect({ ...young(1_000), workingOrders: 10 }).toEqual(young(10));
  });

  it('says how late it is for orders that rest from earlier dates', () => {
    expect(project({ pending: [...orders(3, HOUR), ...orders(2, 3 * DAY)] })).toMatchObject({
      worstCaseMs: 5_300,
      restingWorstCaseMs: 20_300,
      requestsPerMinute: 12,
    });
  });

  it('never promises more calls than the budget has, nor a look that is faster than the broker', () => {
    const slow = project({ pending: orders(3, SECOND), lookMs: 4_000 });
    expect(slow).toMatchObject({ worstCaseMs: 8_000, requestsPerMinute: 15 });
    expect(project({ pending: orders(3, SECOND), requestsPerMinute: 6 })).toMatchObject({ requestsPerMinute: 4 });
  });

  it('promises nothing while nobody looks', () => {
    const now = Date.parse('2026-01-04T12:00:00-05:00');
    expect(project({ now }, { ...SETTINGS, outsideIntervalMs: null })).toMatchObject({
      worstCaseMs: null,
      restingWorstCaseMs: null,
      requestsPerMinute: 0,
      reason: 'closed-by-choice',
    });
  });
});
