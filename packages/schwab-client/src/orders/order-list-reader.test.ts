import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createOrderListReader } from './order-list-reader.ts';

const order = (orderId: number, status = 'WORKING'): string => JSON.stringify({ orderId, status });
const list = (...orders: readonly string[]): string => `[${orders.join(', ')}]`;

/** With texts long enough to be kept as parts of the text that they were read from. */
const longOrder = (id: number, quantity: number): string =>
  JSON.stringify({ orderId: 1_000_000_000_000 + id, status: 'WORKING', quantity, tag: 'API_TOS:'.padEnd(600, 'x') });

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

function heapBytes(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('createOrderListReader', () => {
  it('gives the same result for the same body', () => {
    const read = createOrderListReader();
    const first = read(list(order(1), order(2)));
    expect(read(list(order(1), order(2)))).toBe(first);
  });

  it('reads only the orders whose text is new', () => {
    const read = createOrderListReader();
    const before = read(list(order(1), order(2), order(3)));
    const after = read(list(order(3), order(2, 'FILLED'), order(1)));
    expect(after.orders.map(({ order: { orderId, status } }) => `${orderId} ${status}`)).toEqual([
      '3 WORKING',
      '2 FILLED',
      '1 WORKING',
    ]);
    expect(after.orders[0]).toBe(before.orders[2]);
    expect(after.orders[2]).toBe(before.orders[0]);
    expect(after.orders[1]).not.toBe(before.orders[1]);
  });

  it('tells an odd element by its place in each body', () => {
    const read = createOrderListReader();
    expect(read('[{"odd":1}]').odd).toMatchObject([{ index: 0 }]);
    expect(read(list(order(1), '{"odd":1}')).odd).toMatchObject([{ index: 1 }]);
  });

  it('remembers two bodies, such as a narrow list and one that reaches back', () => {
    const read = createOrderListReader();
    const narrow = read(list(order(1)));
    const wide = read(list(order(1), order(2)));
    expect(read(list(order(1)))).toBe(narrow);
    expect(read(list(order(1), order(2)))).toBe(wide);
    read(list(order(4)));
    expect(read(list(order(1)))).not.toBe(narrow);
  });

  it('keeps nothing of a body that is forgotten: its memory would never end', () => {
    const read = createOrderListReader();
    const [one, two] = read(list(order(1), order(2))).orders;
    read(list(order(1)));
    read(list(order(1), order(3)));
    const [again, other] = read(list(order(1), order(2))).orders;
    expect(again).toBe(one);
    expect(other).not.toBe(two);
    expect(other).toEqual(two);
  });

  it('keeps of a body no more than its orders, however many bodies came before', () => {
    const read = createOrderListReader();
    const quantities = Array.from({ length: 200 }, () => 1);
    const body = (): string => list(...quantities.map((quantity, id) => longOrder(id, quantity)));
    read(body());
    const before = heapBytes();
    // Each order changes in a body of its own: were its report cut out of that, all of them would stay.
    for (const [id, quantity] of quantities.entries()) {
      quantities[id] = quantity + 1;
      read(body());
    }
    expect((heapBytes() - before) / body().length).toBeLessThan(20);
  });

  it('refuses what is no list, each time', () => {
    const read = createOrderListReader();
    expect(() => read('{"orderId":1}')).toThrow('not a JSON array');
    expect(() => read('{"orderId":1}')).toThrow('not a JSON array');
  });
});
