import type { ListedOrder } from '@fill-tracker/contract';
import { describe, expect, it } from 'vitest';
import { aFilledOrder, anOrder } from '../../../testing/builders.ts';
import { isBefore, isPlacedAlike, mayBelong } from './list-places.ts';

describe('whether an order may belong to a list', () => {
  it.each([
    [{}, true],
    [{ status: 'completed' }, false],
    [{ status: 'pending' }, true],
    [{ account: 'A1' }, true],
    [{ account: 'A2' }, false],
    [{ symbol: 'gme' }, true],
    [{ symbol: 'AMD' }, false],
    [{ q: 'AMD' }, true],
    [{ partial: 'false' }, true],
  ] as const)('with the filter %o: %s', (filter, may) => {
    expect(mayBelong(filter, anOrder())).toBe(may);
  });
});

describe('whether an order keeps its place', () => {
  it.each([
    ['more of it filled', {}, { filledQuantity: '60' }, true],
    ['its id became known', {}, { brokerOrderId: '7' }, false],
    ['its entry became known', { sort: 'symbol' }, { enteredAt: '2026-01-05T14:00:00.000Z' }, false],
    ['its entry is not known', {}, { enteredAt: null }, false],
    ['it ended, in a list by entry', {}, { closedAt: '2026-01-05T15:00:00.000Z' }, true],
    ['it ended, in a list by end', { sort: 'closedAt' }, { closedAt: '2026-01-05T15:00:00.000Z' }, false],
  ] as const)('when %s', (_what, filter, change, isAlike) => {
    expect(isPlacedAlike(filter, anOrder(), anOrder(change))).toBe(isAlike);
  });
});

describe('which of two orders stands first', () => {
  const early = { enteredAt: '2026-01-05T14:00:00.000Z' };
  const late = { enteredAt: '2026-01-05T15:00:00.000Z' };
  const orders = (a: Partial<ListedOrder>, b: Partial<ListedOrder>) =>
    [anOrder({ id: 1, ...a }), anOrder({ id: 2, ...b })] as const;

  it.each([
    ['newest first', {}, orders(late, early), [true, false]],
    ['oldest first', { direction: 'asc' }, orders(late, early), [false, true]],
    ['of one time, newest first', {}, orders(early, early), [false, true]],
    ['of one time, oldest first', { direction: 'asc' }, orders(early, early), [true, false]],
    ['A to Z', { sort: 'symbol' }, orders({ symbol: 'AMD' }, { symbol: 'GME' }), [true, false]],
    ['Z to A', { sort: 'symbol', direction: 'desc' }, orders({ symbol: 'AMD' }, { symbol: 'GME' }), [false, true]],
    ['one without an end', { sort: 'closedAt' }, [anOrder(), aFilledOrder()], [false, true]],
    [
      'one without an end, oldest first',
      { sort: 'closedAt', direction: 'asc' },
      [anOrder(), aFilledOrder()],
      [false, true],
    ],
    ['one without an entry: nobody knows', {}, orders({ enteredAt: null }, early), [false, false]],
  ] as const)('%s', (_what, filter, [a, b], first) => {
    expect([isBefore(filter, a, b), isBefore(filter, b, a)]).toEqual(first);
  });
});
