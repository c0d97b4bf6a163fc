import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import type { OrderFlag } from '../order/order-flag.ts';
import type { OrderStatus } from '../order/order-status.ts';
import { MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import { isUnproved, unprovedIntervalMs } from './unproved-order.ts';

interface Ended {
  readonly status?: OrderStatus;
  readonly brokerStatus?: string | null;
  readonly flags?: readonly OrderFlag[];
  /** Ms after it was first seen; null when not told. */
  readonly closed?: number | null;
}

/** An order that the broker calls FILLED without a price, closed when it was first seen, unless overridden. */
function ended({ status = 'PENDING', brokerStatus = 'FILLED', flags = ['UNPRICED'], closed = 0 }: Ended): KnownOrder {
  const known = newlyKnownOrder('A', 'TRACKED', MONDAY_TEN);
  const closeTime = closed === null ? null : MONDAY_TEN + closed;
  return {
    ...known,
    facts: brokerStatus === null ? null : orderOf({ brokerStatus, closeTime }),
    state: { ...known.state, status, flags },
  };
}

describe('isUnproved', () => {
  it.each<[string, Ended, boolean]>([
    ['filled without a price', {}, true],
    ['cancelled with fills that do not sum', { brokerStatus: 'CANCELED', flags: ['FILLS_DO_NOT_SUM'] }, true],
    ['still working', { brokerStatus: 'WORKING' }, false],
    ['of which the broker told nothing', { brokerStatus: null }, false],
    ['with another flag', { flags: ['NOT_FOUND'] }, false],
    ['that is no longer pending', { status: 'COMPLETED' }, false],
  ])('an order %s: %#', (_name, order, expected) => {
    expect(isUnproved(ended(order))).toBe(expected);
  });
});

describe('unprovedIntervalMs', PROPERTY_TIMEOUT, () => {
  it.each([
    [0, SECOND],
    [10 * SECOND - 1, SECOND],
    [10 * SECOND, 5 * SECOND],
    [MINUTE, 30 * SECOND],
    [10 * MINUTE, 5 * MINUTE],
    [HOUR, 15 * MINUTE],
    [24 * HOUR - 1, 15 * MINUTE],
    [24 * HOUR, HOUR],
    [1_000 * 24 * HOUR, HOUR],
  ])('after %i ms without proof asks every %i ms', (age, expected) => {
    expect(unprovedIntervalMs(ended({}), MONDAY_TEN + age)).toBe(expected);
  });

  it('counts from when we met an order that ended long before, or whose end is not told', () => {
    expect(unprovedIntervalMs(ended({ closed: -48 * HOUR }), MONDAY_TEN + SECOND)).toBe(SECOND);
    expect(unprovedIntervalMs(ended({ closed: null }), MONDAY_TEN + SECOND)).toBe(SECOND);
    expect(unprovedIntervalMs(ended({ closed: 48 * HOUR }), MONDAY_TEN + 48 * HOUR)).toBe(SECOND);
  });

  it('takes a closing time that is still to come for none', () => {
    const aDayLater = MONDAY_TEN + 24 * HOUR;
    expect(unprovedIntervalMs(ended({ closed: 30 * HOUR }), aDayLater)).toBe(HOUR);
    expect(unprovedIntervalMs(ended({ closed: null }), aDayLater)).toBe(HOUR);
    expect(unprovedIntervalMs(ended({ closed: 6 * HOUR }), MONDAY_TEN + SECOND)).toBe(SECOND);
  });

  it('grows, and never gives up', () => {
    const age = fc.nat({ max: 1_000 * 24 * HOUR });
    fc.assert(
      fc.property(age, age, (a, b) => {
        const [young, old] = [Math.min(a, b), Math.max(a, b)].map((at) =>
          unprovedIntervalMs(ended({}), MONDAY_TEN + at),
        );
        expect(young).toBeLessThanOrEqual(old ?? 0);
        expect(old).toBeLessThanOrEqual(HOUR);
      }),
      PROPERTY_RUNS,
    );
  });
});
