import type { ListedOrder, OrderFilterInput } from '@fill-tracker/contract';
import { describe, expect, it } from 'vitest';
import { aFilledOrder, anOrder, aPage } from '../../../testing/builders.ts';
import { mergeFreshPage } from './merge-fresh-page.ts';
import type { OrderPages } from './order-list.ts';

/** Orders with higher ids are newer. */
const entered = (id: number) => ({ id, enteredAt: `2026-01-05T14:00:${String(id * 5).padStart(2, '0')}.000Z` });
const row = (id: number, part: Partial<ListedOrder> = {}) => anOrder({ ...entered(id), ...part });
const rows = (...ids: number[]) => ids.map((id) => row(id));
/** All of a list, unless more follow. */
const pagesOf = (idsOfPages: number[][], hasMore = false): OrderPages => ({
  pages: idsOfPages.map((ids, i) =>
    aPage(rows(...ids), {
      nextCursor: hasMore || i < idsOfPages.length - 1 ? `after ${ids.at(-1) ?? i}` : null,
      total: idsOfPages.flat().length + (hasMore ? 5 : 0),
    }),
  ),
  pageParams: [null, ...idsOfPages.slice(1).map((ids) => `before ${ids[0] ?? ''}`)],
});
const merge = (
  pages: OrderPages,
  fresh: { top: number[]; total: number; changed?: ListedOrder[] },
  filter: OrderFilterInput = {},
) => {
  const firstPage = aPage(rows(...fresh.top), { total: fresh.total });
  return mergeFreshPage(pages, { firstPage, changed: fresh.changed ?? [] }, filter);
};
const idsOf = (merged: OrderPages | null) => merged && merged.pages.map(({ items }) => items.map(({ id }) => id));

describe('mergeFreshPage', () => {
  it('puts new orders on top and keeps those that they pushed off the page', () => {
    const before = pagesOf([
      [6, 5, 4],
      [3, 2, 1],
    ]);
    const merged = merge(before, { top: [8, 7, 6], total: 8 }, { status: 'pending' });
    expect(idsOf(merged)).toEqual([
      [8, 7, 6, 5, 4],
      [3, 2, 1],
    ]);
    expect(merged?.pages.map(({ total }) => total)).toEqual([8, 8]);
  });

  it('shows an order once that moved up from a later page', () => {
    const before = pagesOf([
      [6, 5, 4],
      [3, 2, 1],
    ]);
    expect(idsOf(merge(before, { top: [2, 6, 5], total: 6 }))).toEqual([
      [2, 6, 5, 4],
      [3, 1],
    ]);
  });

  it('changes a row further down in its place', () => {
    const before = pagesOf([
      [4, 3],
      [2, 1],
    ]);
    const changed = row(2, { filledQuantity: '60' });
    const merged = merge(before, { top: [4, 3], total: 4, changed: [changed] }, { status: 'pending' });
    expect(merged?.pages[1]?.items).toEqual([changed, row(1)]);
  });

  it.each([
    ['pending', [4], [[4], [1]]],
    ['completed', [4], [[4], [2]]],
    ['failed', [4], [[4], []]],
    ['attention', [4], [[4], []]],
    [
      undefined,
      [4, 3],
      [
        [4, 3],
        [2, 1],
      ],
    ],
  ] as const)('in the tab %s takes out what no longer belongs there', (status, top, ids) => {
    const before = pagesOf([[4], [2, 1]]);
    const changed = [aFilledOrder(entered(2))];
    expect(idsOf(merge(before, { top: [...top], total: ids.flat().length, changed }, { status }))).toEqual(ids);
  });

  it('keeps the cursors of the pages', () => {
    const before = pagesOf(
      [
        [4, 3],
        [2, 1],
      ],
      true,
    );
    const merged = merge(before, { top: [5, 4], total: 10 });
    expect(merged?.pages.map(({ nextCursor }) => nextCursor)).toEqual(['after 3', 'after 1']);
    expect(merged?.pageParams).toEqual(before.pageParams);
  });

  it('leaves a list alone that has no page yet', () => {
    const empty: OrderPages = { pages: [], pageParams: [] };
    expect(merge(empty, { top: [1], total: 1 })).toBe(empty);
  });
});

describe('the pages are loaded again', () => {
  const filled = (id: number) => aFilledOrder(entered(id));
  const before = pagesOf([
    [9, 8],
    [6, 5],
  ]);
  const withMore = pagesOf(
    [
      [9, 8],
      [6, 5],
    ],
    true,
  );

  it('when an order is new among the rows further down', () => {
    expect(merge(withMore, { top: [9, 8], total: 10, changed: [row(7)] })).toBeNull();
  });

  it('not for one that belongs to another tab, that would be on the first page, or that is not loaded yet', () => {
    const others = [filled(7), row(10), row(4)];
    expect(merge(withMore, { top: [9, 8], total: 9, changed: others }, { status: 'pending' })).not.toBeNull();
  });

  it('for one at the end, when all are loaded', () => {
    expect(merge(before, { top: [9, 8], total: 5, changed: [row(4)] })).toBeNull();
  });

  it('when a row changes by which the list sorts, or that only the server can judge', () => {
    const ended = row(5, { closedAt: '2026-01-05T15:00:00.000Z' });
    expect(merge(before, { top: [9, 8], total: 4, changed: [ended] })).not.toBeNull();
    expect(merge(before, { top: [9, 8], total: 4, changed: [ended] }, { sort: 'closedAt' })).toBeNull();
    expect(merge(before, { top: [9, 8], total: 4, changed: [ended] }, { partial: 'true' })).toBeNull();
  });

  it('when the rows are not as many as the server counts', () => {
    expect(merge(before, { top: [9, 8], total: 5 })).toBeNull();
    expect(merge(withMore, { top: [9, 8], total: 4 })).toBeNull();
  });

  it('when the last row goes: it told what comes with the next page', () => {
    const fresh = { top: [9, 8], total: 8, changed: [filled(5)] };
    expect(merge(withMore, fresh, { status: 'pending' })).toBeNull();
    expect(merge(before, { ...fresh, total: 3 }, { status: 'pending' })).not.toBeNull();
  });
});
