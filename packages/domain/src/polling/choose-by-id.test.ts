import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { newlyKnownOrder } from '../order/known-order.ts';
import type { OrderFlag } from '../order/order-flag.ts';
import { MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { type ByIdCandidate, type ByIdFacts, chooseById } from './choose-by-id.ts';

const NOW = MONDAY_TEN;

const FACTS: ByIdFacts = {
  now: NOW,
  window: { from: NOW - 18 * HOUR, to: NOW + 5 * MINUTE },
  lastSweep: null,
  restingEveryMs: MINUTE,
  isListKnown: true,
  limit: 10,
};

interface Pending {
  readonly id?: string;
  /** Ms ago; null when never. */
  readonly asked?: number | null;
  /** Ms ago; null when the broker has not told. */
  readonly entered?: number | null;
  /** Ms ago. */
  readonly firstSeen?: number;
  readonly isNotFound?: boolean;
  readonly isUnreadable?: boolean;
  /** Ms ago that the broker said FILLED without saying at what price. */
  readonly unpricedFor?: number;
}

/** A pending order of this session that we have known for an hour and asked for long ago, unless overridden. */
function pending({ id = 'A', asked = HOUR, entered = HOUR, firstSeen = HOUR, ...what }: Pending): ByIdCandidate {
  const known = newlyKnownOrder(id, 'DISCOVERED', NOW - firstSeen);
  const end = what.unpricedFor === undefined ? {} : { brokerStatus: 'FILLED', closeTime: NOW - what.unpricedFor };
  const flags: OrderFlag[] = [];
  if (what.unpricedFor !== undefined) flags.push('UNPRICED');
  if (what.isNotFound === true) flags.push('NOT_FOUND');
  if (what.isUnreadable === true) flags.push('REPORT_UNREADABLE');
  return {
    known: {
      ...known,
      facts: entered === null ? null : orderOf({ enteredAt: NOW - entered, ...end }),
      state: { ...known.state, flags },
    },
    lastAskedAt: asked === null ? null : NOW - asked,
  };
}

function chosen(orders: readonly Pending[], facts: Partial<ByIdFacts> = {}): readonly string[] {
  return chooseById(orders.map(pending), { ...FACTS, ...facts }).map(({ known }) => known.brokerOrderId);
}

const BEFORE_WINDOW = 30 * HOUR;

describe('chooseById', () => {
  it.each<[string, Pending, Partial<ByIdFacts>, number]>([
    ['missing from the list', {}, {}, 10 * SECOND],
    ['of unknown entry', { entered: null }, {}, 10 * SECOND],
    ['resting from before the window', { entered: BEFORE_WINDOW }, {}, MINUTE],
    ['not found', { isNotFound: true }, {}, 5 * MINUTE],
    ['not found, even when the list failed', { isNotFound: true }, { isListKnown: false }, 5 * MINUTE],
    ['new to us', { firstSeen: 59 * SECOND }, {}, SECOND],
    ['no longer new to us', { firstSeen: MINUTE }, {}, 10 * SECOND],
    ['without a price for seconds', { unpricedFor: 9 * SECOND }, {}, SECOND],
    ['without a price for half an hour', { unpricedFor: 30 * MINUTE }, {}, 5 * MINUTE],
    ['without a price for long, even when the list failed', { unpricedFor: HOUR }, { isListKnown: false }, 15 * MINUTE],
    ['without a price, and not found any more', { unpricedFor: SECOND, isNotFound: true }, {}, 5 * MINUTE],
    ['unreadable, and was never read', { isUnreadable: true, entered: null, firstSeen: 59 * SECOND }, {}, 10 * SECOND],
    ['unreadable for minutes', { isUnreadable: true, entered: null, firstSeen: MINUTE }, {}, MINUTE],
    ['unreadable for good', { isUnreadable: true, entered: null, firstSeen: HOUR }, {}, 15 * MINUTE],
    ['unreadable now, and once was not', { isUnreadable: true, firstSeen: 24 * HOUR }, {}, MINUTE],
    ['any, when the list failed', { entered: BEFORE_WINDOW }, { isListKnown: false }, SECOND],
  ])('asks for an order that is %s in its own time', (_name, order, facts, interval) => {
    expect(chosen([{ ...order, asked: interval - 1 }], facts)).toEqual([]);
    expect(chosen([{ ...order, asked: interval }], facts)).toEqual(['A']);
  });

  it('does not ask for a resting order that a sweep has just looked at, unless it did not reach back that far', () => {
    const order = { entered: BEFORE_WINDOW, asked: HOUR };
    const sweptAgo = (ago: number, from: number) => ({ lastSweep: { at: NOW - ago, from: NOW - from, calls: 1 } });
    expect(chosen([order], sweptAgo(59 * SECOND, BEFORE_WINDOW))).toEqual([]);
    expect(chosen([order], sweptAgo(MINUTE, BEFORE_WINDOW))).toEqual(['A']);
    expect(chosen([order], sweptAgo(SECOND, BEFORE_WINDOW - 1))).toEqual(['A']);
    expect(chosen([{ ...order, asked: null }], sweptAgo(59 * SECOND, BEFORE_WINDOW))).toEqual([]);
  });

  it('asks for an order whose last look lies ahead: the clock was set back', () => {
    expect(chosen([{ asked: -HOUR }])).toEqual(['A']);
  });

  it('asks at once for an order that it never asked for', () => {
    expect(chosen([{ asked: null, isNotFound: true }])).toEqual(['A']);
  });

  it('asks for those waiting longest first, and for no more than the budget allows', () => {
    const orders = [
      { id: 'recent', asked: MINUTE },
      { id: 'longest', asked: HOUR },
      { id: 'never', asked: null },
      { id: 'long', asked: 30 * MINUTE },
    ];
    expect(chosen(orders)).toEqual(['never', 'longest', 'long', 'recent']);
    expect(chosen(orders, { limit: 2 })).toEqual(['never', 'longest']);
    expect(chosen(orders, { limit: 0 })).toEqual([]);
    expect(chosen(orders, { limit: -1 })).toEqual([]);
  });

  it('lets none starve: who was asked goes behind those who wait', () => {
    const waiting = new Map(['A', 'B', 'C', 'D', 'E'].map((id) => [id, HOUR]));
    const asked: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const orders = [...waiting].map(([id, age]) => ({ id, asked: age }));
      for (const id of chosen(orders, { limit: 2 })) {
        asked.push(id);
        waiting.set(id, 0);
      }
      for (const [id, age] of waiting) waiting.set(id, age + MINUTE);
    }
    expect(new Set(asked).size).toBe(5);
  });
});
