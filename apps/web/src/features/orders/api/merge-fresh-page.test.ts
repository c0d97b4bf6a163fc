import { describe, expect, it } from 'vitest';
import { aFilledOrder, anOrder, aPage } from '../../../testing/builders.ts';
import { mergeFreshPage } from './merge-fresh-page.ts';
import type { OrderPages } from './order-list.ts';

const rows = (...ids: number[]) => ids.map((id) => anOrder({ id }));
const pagesOf = (...idsOfPages: number[][]): OrderPages => ({
  pages: idsOfPages.map((ids, i) => aPage(rows(...ids), { nextCursor: `after ${ids.at(-1) ?? i}`, total: 6 })),
  pageParams: [null, ...idsOfPages.slice(1).map((ids) => `before ${ids[0] ?? ''}`)],
});
const idsOf = ({ pages }: OrderPages) => pages.map(({ items }) => items.map(({ id }) => id));

describe('mergeFreshPage', () => {
  it('puts new orders on top and keeps those that they pushed off the page', () => {
    const merged = mergeFreshPage(
      pagesOf([6, 5, 4], [3, 2, 1]),
      { firstPage: aPage(rows(8, 7, 6), { total: 8 }), changed: [] },
      'pending',
    );
    expect(idsOf(merged)).toEqual([
      [8, 7, 6, 5, 4],
      [3, 2, 1],
    ]);
    expect(merged.pages.map(({ total }) => total)).toEqual([8, 8]);
  });

  it('shows an order once that moved up from a later page', () => {
    const fresh = { firstPage: aPage(rows(2, 6, 5)), changed: [] };
    expect(idsOf(mergeFreshPage(pagesOf([6, 5, 4], [3, 2, 1]), fresh, undefined))).toEqual([
      [2, 6, 5, 4],
      [3, 1],
    ]);
  });

  it('changes a row further down in its place', () => {
    const changed = anOrder({ id: 2, filledQuantity: '60' });
    const merged = mergeFreshPage(
      pagesOf([4, 3], [2, 1]),
      { firstPage: aPage(rows(4, 3)), changed: [changed] },
      'pending',
    );
    expect(merged.pages[1]?.items).toEqual([changed, anOrder({ id: 1 })]);
  });

  it.each([
    ['pending', [[4], [1]]],
    ['completed', [[4], [2]]],
    ['failed', [[4], []]],
    ['attention', [[4], []]],
    [
      undefined,
      [
        [4, 3],
        [2, 1],
      ],
    ],
  ] as const)('in the tab %s takes out what no longer belongs there', (tab, ids) => {
    const changed = [aFilledOrder({ id: 2 })];
    const shrunk = aPage(rows(4));
    const pages = tab === undefined ? aPage(rows(4, 3)) : shrunk;
    const merged = mergeFreshPage(
      pagesOf([4], [2, 1]),
      { firstPage: tab === undefined ? pages : shrunk, changed },
      tab,
    );
    expect(idsOf(merged)).toEqual(ids);
  });

  it('keeps the cursors of the pages', () => {
    const before = pagesOf([4, 3], [2, 1]);
    const merged = mergeFreshPage(before, { firstPage: aPage(rows(5, 4)), changed: [] }, undefined);
    expect(merged.pages.map(({ nextCursor }) => nextCursor)).toEqual(['after 3', 'after 1']);
    expect(merged.pageParams).toEqual(before.pageParams);
  });

  it('leaves a list alone that has no page yet', () => {
    const empty: OrderPages = { pages: [], pageParams: [] };
    expect(mergeFreshPage(empty, { firstPage: aPage(rows(1)), changed: [] }, undefined)).toBe(empty);
  });
});
