import { describe, expect, it } from 'vitest';
import { anOrder } from '../../testing/builders.ts';
import {
  extentOf,
  MOST_SELECTED,
  NOTHING_SELECTED,
  type Selection,
  toggled,
  toggledAll,
  toggledTo,
  withSelected,
} from './selection.ts';

const orders = Array.from({ length: 60 }, (_, i) => anOrder({ id: i + 1 }));
const order = (id: number) => orders[id - 1] ?? expect.unreachable('no such order');
const select = (...ids: number[]) => withSelected(NOTHING_SELECTED, ids.map(order));
const ids = (selection: Selection) => [...selection.keys()].toSorted((a, b) => a - b);

describe('a selection of orders', () => {
  it('takes one in and out', () => {
    expect(ids(toggled(select(1), order(2)))).toEqual([1, 2]);
    expect(ids(toggled(select(1, 2), order(1)))).toEqual([2]);
  });

  it.each([
    ['down', select(2), 2, 5, [2, 3, 4, 5]],
    ['up', select(5), 5, 2, [2, 3, 4, 5]],
    ['out again', select(2, 3, 4, 5, 9), 5, 3, [2, 9]],
    ['from nowhere', select(), null, 3, [3]],
    ['from an order that left the list', select(), 99, 3, [3]],
  ])('takes a range: %s', (_what, before, from, to, after) => {
    expect(ids(toggledTo(before, orders, from, order(to)))).toEqual(after);
  });

  it('takes as many as can be re-polled at once, from where the person began', () => {
    expect(ids(toggledTo(select(), orders, 1, order(60)))).toEqual(orders.slice(0, MOST_SELECTED).map(({ id }) => id));
    expect(ids(toggledTo(select(), orders, 60, order(1)))[0]).toBe(60 - MOST_SELECTED + 1);
    const full = withSelected(NOTHING_SELECTED, orders);
    expect(toggled(full, order(60))).toBe(full);
  });

  it('takes all of a list, then none of it, and leaves others alone', () => {
    const [first, second] = [order(1), order(2)];
    const all = toggledAll(select(2, 9), [first, second]);
    expect([ids(all), extentOf(all, [first, second])]).toEqual([[1, 2, 9], 'all']);
    expect(ids(toggledAll(all, [first, second]))).toEqual([9]);
  });

  it('takes none of a list of which no more can be taken', () => {
    const full = toggledAll(select(), orders);
    expect([full.size, extentOf(full, orders)]).toEqual([MOST_SELECTED, 'some']);
    const none = toggledAll(full, orders);
    expect([none.size, extentOf(none, orders)]).toEqual([0, 'none']);
  });
});
