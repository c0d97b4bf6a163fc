import { expect, it } from 'vitest';
import { orderQuery } from './order-query.ts';

const problemsOf = (query: Record<string, unknown>): readonly string[] =>
  (orderQuery.safeParse(query).error?.issues ?? []).map(({ path, code }) =>
    path.length === 0 ? code : path.join('.'),
  );

it('asks for the first 50 orders by entered time when nothing is said', () => {
  expect(orderQuery.parse({})).toEqual({ limit: 50, sort: 'enteredAt' });
});

it('reads every filter from text', () => {
  const query = {
    status: 'attention',
    partial: 'true',
    brokerOrderId: '9223372036854775807',
    symbol: 'GME',
    account: 'A2',
    q: 'gm',
    from: '2026-01-05',
    to: '2026-01-05T20:00:00-05:00',
    sort: 'symbol',
    direction: 'desc',
    limit: '500',
    cursor: 'abc',
  };
  expect(orderQuery.parse(query)).toEqual({ ...query, partial: true, limit: 500 });
});

it('refuses a parameter that it does not know, rather than leaving the filter out', () => {
  expect(problemsOf({ stauts: 'pending' })).toEqual(['unrecognized_keys']);
});

it.each([
  ['limit', '0'],
  ['limit', '501'],
  ['limit', '1e2'],
  ['limit', ''],
  ['limit', ' 5'],
  ['limit', ['1', '2']],
  ['status', 'PENDING'],
  ['partial', 'maybe'],
  ['brokerOrderId', '0123'],
  ['brokerOrderId', "1' OR 1=1"],
  ['account', '12345678'],
  ['q', 'GM\0'],
  ['from', 'yesterday'],
  ['from', '2026-13-01'],
  ['to', '2026-01-05T15:00:00'],
  ['to', '9999-12-31'],
  ['from', '0000-01-01T00:00:00+14:00'],
  ['sort', 'price'],
  ['direction', 'up'],
])('names %s when it is %j', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([name]);
});

it('names every bad parameter at once', () => {
  expect(problemsOf({ limit: 'x', sort: 'x', account: 'x' }).toSorted()).toEqual(['account', 'limit', 'sort']);
});
