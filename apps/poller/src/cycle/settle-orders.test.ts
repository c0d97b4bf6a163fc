import type { OrderCommit, StoredOrder } from '@fill-tracker/db';
import { ALWAYS_OPEN, HOUR, MINUTE, newlyKnownOrder, type OrderFlag, type OrderStatus } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { rechecksAfterLook, rechecksOfChanges } from './settle-orders.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');

function stored(id: number, status: OrderStatus, flags: readonly OrderFlag[] = []): StoredOrder {
  const known = newlyKnownOrder(String(id), 'TRACKED', NOW);
  return { id, accountId: 'A1', known: { ...known, state: { ...known.state, status, flags } } };
}

function changeTo(id: number | null, status: OrderStatus): OrderCommit {
  const { known: order } = stored(id ?? 9, status);
  const nothing = { newFills: [], identifiedFills: [], withdrawnFills: [], audit: [], discrepancies: [] };
  return {
    id,
    accountId: 'A1',
    reconciliation: { order, isChanged: true, ...nothing },
    evidence: null,
    actor: 'poller',
  };
}

describe('rechecksOfChanges', () => {
  it.each<[string, number | null, OrderStatus, number | null | undefined]>([
    ['an order that ends', 1, 'COMPLETED', NOW + 30_000],
    ['an order that had ended when it was met', null, 'FAILED', NOW + 30_000],
    ['an order that reopens', 2, 'PENDING', null],
    ['an order that goes on', 1, 'PENDING', undefined],
    ['an order that ended before', 2, 'COMPLETED', undefined],
  ])('for %s', (_name, id, status, dueAt) => {
    const notes = rechecksOfChanges([stored(1, 'PENDING')], [changeTo(id, status)], ALWAYS_OPEN, NOW);
    expect(notes.map((note) => note.dueAt)).toEqual(dueAt === undefined ? [] : [dueAt]);
  });
});

describe('rechecksAfterLook', () => {
  const order = stored(1, 'COMPLETED');
  const dueAfter = (settledAgo: number, looks: { looked?: StoredOrder[]; failed?: StoredOrder[] }, due = order) => {
    const all = { due: [{ order: due, settledAt: NOW - settledAgo }], looked: [], failed: [], ...looks };
    return rechecksAfterLook(all, [], ALWAYS_OPEN, NOW).map(({ dueAt }) => dueAt && dueAt - NOW);
  };

  it('goes on to the next rung, and ends after the last', () => {
    expect(dueAfter(30_000, { looked: [order] })).toEqual([5 * MINUTE - 30_000]);
    expect(dueAfter(72 * HOUR, { looked: [order] })).toEqual([null]);
  });

  it('says nothing of an order whose turn did not come', () => {
    expect(dueAfter(30_000, {})).toEqual([]);
  });

  it('gives a look that failed another turn much later, and not for ever', () => {
    expect(dueAfter(30_000, { failed: [order] })).toEqual([15 * MINUTE]);
    expect(dueAfter(73 * HOUR, { failed: [order] })).toEqual([null]);
  });

  it('keeps an eye on an order of which the broker says less than is recorded', () => {
    const behind = stored(1, 'FAILED', ['REPORT_BEHIND_RECORD']);
    expect(dueAfter(72 * HOUR, { looked: [behind] }, behind)).toEqual([HOUR]);
  });
});
