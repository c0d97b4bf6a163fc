/** Pages of orders: every row once and in order, whatever comes meanwhile. */
import { type ListedOrder, orderPage } from '@fill-tracker/contract';
import { ordersCsv } from '@fill-tracker/db';
import type { ReportedOrder } from '@fill-tracker/domain';
import { decimal } from '@fill-tracker/domain';
import { fillActivity, legOf, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildTestApi, type TestApi } from './testing/api.ts';
import { NOW, openTestRecord, type TestRecord } from './testing/record.ts';

const ORDERS = 60;

/** Few different values: ties, and orders without a symbol or an entered time, must not hide each other. */
const variedOrder = fc.record({
  symbol: fc.constantFrom('AMC', 'GME', 'SPY', null),
  enteredSecond: fc.constantFrom(0, 1, 2, null),
  ending: fc.constantFrom('WORKING', 'FILLED', 'CANCELED'),
  closedSecond: fc.constantFrom(10, 11, 12),
});

function reportedOrder(
  id: number,
  { symbol, enteredSecond, ending, closedSecond }: typeof variedOrder extends fc.Arbitrary<infer T> ? T : never,
): ReportedOrder {
  const isFilled = ending === 'FILLED';
  return orderOf({
    brokerOrderId: String(id),
    brokerStatus: ending,
    legs: [legOf({ symbol })],
    enteredAt: enteredSecond === null ? null : MONDAY_TEN + enteredSecond * 1_000,
    closeTime: ending === 'WORKING' ? null : MONDAY_TEN + closedSecond * 1_000,
    filledQuantity: decimal(isFilled ? '100' : '0'),
    activities: isFilled ? [fillActivity({ price: '22.73', quantity: '100', second: closedSecond })] : [],
  });
}

async function openVaried(seed: number): Promise<TestRecord & TestApi> {
  const record = await openTestRecord();
  const orders = fc.sample(variedOrder, { numRuns: ORDERS, seed });
  await record.report(orders.map((order, i) => reportedOrder(i + 1, order)));
  return { ...record, ...(await buildTestApi({ record: record.db })) };
}

async function readAll(api: TestApi, query: string, between: () => Promise<void>) {
  const items = [];
  let cursor = '';
  for (;;) {
    const page = orderPage.parse((await api.app.inject(`/api/orders?${query}${cursor}`)).json());
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = `&cursor=${page.nextCursor}`;
    await between();
  }
}

const SORTS = ['enteredAt', 'closedAt', 'symbol'] as const;
const DIRECTIONS = ['asc', 'desc'] as const;

it.each(SORTS.flatMap((sort) => DIRECTIONS.map((direction) => [sort, direction] as const)))(
  'by %s %s, each order comes once and in order, while others are added',
  async (sort, direction) => {
    const api = await openVaried(sort.length * 2 + direction.length);
    let added = 0;
    const items = await readAll(api, `sort=${sort}&direction=${direction}&limit=7`, async () => {
      added += 1;
      const variant = fc.sample(variedOrder, { numRuns: 1, seed: added })[0];
      if (variant) await api.report([reportedOrder(9_000 + added, variant)]);
    });
    const ids = items.map(({ brokerOrderId }) => Number(brokerOrderId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id <= ORDERS).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: ORDERS }, (_, i) => i + 1),
    );
    const keys = items.map((order) => ({ key: keyOf(order, sort), id: order.id }));
    for (const [i, next] of keys.slice(1).entries()) {
      const before = keys[i];
      expect(before && isInOrder(before, next, sort, direction), JSON.stringify([before, next])).toBe(true);
    }
  },
);

interface Key {
  readonly key: string | null;
  readonly id: number;
}

function keyOf(order: ListedOrder, sort: (typeof SORTS)[number]): string | null {
  const isEnded = order.status !== 'PENDING';
  return order[sort] ?? (sort === 'enteredAt' && isEnded ? order.closedAt : null);
}

/**
 * The rule, written anew: an end stands in for an entry that nobody told, null entered times count as newest, other
 * nulls come last, ties go by id.
 */
function isInOrder(a: Key, b: Key, sort: string, direction: 'asc' | 'desc'): boolean {
  const sign = direction === 'asc' ? 1 : -1;
  if (a.key === b.key) return (b.id - a.id) * sign > 0;
  if (a.key === null) return sort === 'enteredAt' && direction === 'desc';
  if (b.key === null) return sort !== 'enteredAt' || direction === 'asc';
  return (a.key < b.key ? 1 : -1) * sign > 0;
}

it('goes on from the same place when the order at the end of a page has changed meanwhile', async () => {
  const api = await openVaried(1);
  const first = orderPage.parse((await api.app.inject('/api/orders?status=pending&limit=3&sort=symbol')).json());
  const last = first.items.at(-1);
  if (!last?.brokerOrderId) throw new Error('the seed gives three pending orders');
  await api.report([orderOf({ brokerOrderId: last.brokerOrderId, brokerStatus: 'REJECTED' })], { at: NOW + 1_000 });
  const rest = orderPage.parse(
    (await api.app.inject(`/api/orders?status=pending&limit=500&sort=symbol&cursor=${first.nextCursor}`)).json(),
  );
  const ids = [...first.items, ...rest.items].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(rest.total).toBe(ids.length - 1);
});

it('refuses the cursor of another order of rows, naming it', async () => {
  const api = await openVaried(1);
  const { nextCursor } = orderPage.parse((await api.app.inject('/api/orders?limit=1')).json());
  const answer = await api.app.inject(`/api/orders?limit=1&direction=asc&cursor=${nextCursor}`);
  expect(answer.json()).toMatchObject({ status: 400, errors: [{ in: 'query', name: 'cursor' }] });
});

it('exports each order once by closing time, also those that close meanwhile', async () => {
  const record = await openTestRecord();
  const ids = Array.from({ length: 1_010 }, (_, i) => String(i + 1));
  await record.report(ids.map((brokerOrderId) => orderOf({ brokerOrderId })));
  const rows = ordersCsv(record.db, { sort: 'closedAt', direction: 'desc' });
  const lines: string[] = [];
  for await (const text of rows) {
    lines.push(...text.trimEnd().split('\r\n'));
    // It would come on the last page, when some pages are written; closed, it stands before the first.
    if (lines.length > 1)
      await record.report([orderOf({ brokerOrderId: '1', brokerStatus: 'CANCELED' })], { at: NOW + lines.length });
  }
  expect(lines.slice(1).map((line) => line.split(',')[3])).toEqual(ids.toReversed());
});

it('exports as CSV exactly what the filters select, in the same order, over more than one page', async () => {
  const record = await openTestRecord();
  const many = Array.from({ length: 1_203 }, (_, i) =>
    orderOf({ brokerOrderId: String(i + 1), legs: [legOf({ symbol: i % 2 === 0 ? 'GME' : 'AMC' })] }),
  );
  await record.report(many);
  const api = await buildTestApi({ record: record.db });
  const listed = await readAll(api, 'symbol=GME&limit=500', async () => undefined);
  const answer = await api.app.inject('/api/orders.csv?symbol=GME');
  expect(answer.headers['content-type']).toContain('text/csv');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="orders.csv"');
  const [head, ...lines] = answer.body.trimEnd().split('\r\n');
  expect(head?.split(',').slice(0, 5)).toEqual(['id', 'account', 'accountNumber', 'brokerOrderId', 'symbol']);
  expect(lines.map((line) => Number(line.split(',')[0]))).toEqual(listed.map(({ id }) => id));
  expect(lines).toHaveLength(602);
});

it('gives a CSV with its head alone when nothing is selected', async () => {
  const record = await openTestRecord();
  const api = await buildTestApi({ record: record.db });
  expect((await api.app.inject('/api/orders.csv')).body.split('\r\n')).toHaveLength(2);
});
