import { HOUR, MINUTE } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { createWaitingOrders, type WaitingOrder } from './waiting-orders.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');
const DAY = 24 * HOUR;

const order = (brokerOrderId: string, daysAgo = 0, accountId = 'A1'): WaitingOrder => {
  return { accountId, brokerOrderId, enteredAt: NOW - daysAgo * DAY };
};

/** Some orders that all wait since the same moment. */
function waitingFor(...orders: readonly WaitingOrder[]) {
  const waiting = createWaitingOrders();
  for (const [i, each] of orders.entries()) waiting.add(each, NOW + i);
  const due = (now: number) =>
    waiting
      .due(now)
      .map(({ accountId, orders: own }) => `${accountId}: ${own.map((each) => each.brokerOrderId).join()}`);
  return { waiting, due };
}

/** The only batch that is due. */
function batchAt(waiting: ReturnType<typeof createWaitingOrders>, now: number) {
  const [batch] = waiting.due(now);
  if (batch === undefined) throw new Error('nothing is due');
  return batch;
}

describe('orders that wait for another witness', () => {
  it('are due once the books should have them, in one question for each account', () => {
    const { due } = waitingFor(order('1'), order('2', 0, 'A2'), order('3'));
    expect(due(NOW - 1)).toEqual([]);
    expect(due(NOW + 1)).toEqual(['A1: 1', 'A2: 2']);
    expect(due(NOW + 2)).toEqual(['A1: 1,3', 'A2: 2']);
  });

  it('that lived for weeks are asked about apart from those of these days, who waited longest first', () => {
    const { waiting, due } = waitingFor(order('1', 50), order('2'), order('3', 2), order('4', 51));
    expect(due(NOW + 9)).toEqual(['A1: 1,4']);
    waiting.heard(batchAt(waiting, NOW + 9));
    expect(due(NOW + 9)).toEqual(['A1: 2,3']);
    waiting.heard(batchAt(waiting, NOW + 9));
    expect(due(NOW + 9)).toEqual([]);
  });

  it('are asked about in smaller numbers after no answer came in time, and in growing ones after one did', () => {
    const { waiting, due } = waitingFor(...['1', '2', '3', '4', '5'].map((id) => order(id)));
    waiting.failed(batchAt(waiting, NOW + 9), NOW + 9);
    expect(due(NOW + 9)).toEqual(['A1: 1,2']);
    waiting.heard(batchAt(waiting, NOW + 9));
    expect(due(NOW + 9)).toEqual(['A1: 3,4,5']);
  });

  it('do not wait behind one whose history is too long to read', () => {
    const { waiting, due } = waitingFor(order('1', 50), order('2'));
    waiting.failed(batchAt(waiting, NOW + 9), NOW + 9);
    expect(due(NOW + 9)).toEqual(['A1: 2']);
    waiting.heard(batchAt(waiting, NOW + 9));
    expect(due(NOW + 9 + MINUTE - 1)).toEqual([]);
    expect(due(NOW + 9 + MINUTE)).toEqual(['A1: 1']);
    waiting.failed(batchAt(waiting, NOW + 9 + MINUTE), NOW + 9 + MINUTE);
    // News of it do not make it due sooner.
    waiting.add(order('1', 50), NOW);
    expect(due(NOW + 9 + 3 * MINUTE - 1)).toEqual([]);
    expect(due(NOW + 9 + 3 * MINUTE)).toEqual(['A1: 1']);
  });
});
