import { orderFilter } from '@fill-tracker/contract';
import { expect, it } from 'vitest';
import { filterOf, sortOf } from './order-selection.ts';

const selectionOf = (query: Record<string, string>) => filterOf(orderFilter.parse(query));

it('selects every order when nothing is said', () => {
  expect(selectionOf({})).toEqual({});
});

it.each([
  ['pending', { status: 'PENDING' }],
  ['completed', { status: 'COMPLETED' }],
  ['failed', { status: 'FAILED' }],
  ['attention', { attention: true }],
])('the tab %s', (status, filter) => {
  expect(selectionOf({ status })).toEqual(filter);
});

it('reads a date as the whole New York day', () => {
  expect(selectionOf({ from: '2026-01-05', to: '2026-01-05' })).toEqual({
    enteredFrom: Date.parse('2026-01-05T05:00:00Z'),
    enteredBefore: Date.parse('2026-01-06T05:00:00Z'),
  });
});

it('reads an instant as it is', () => {
  expect(selectionOf({ from: '2026-01-05T10:00:00-05:00', to: '2026-01-05T16:00:00Z' })).toEqual({
    enteredFrom: Date.parse('2026-01-05T15:00:00Z'),
    enteredBefore: Date.parse('2026-01-05T16:00:00Z'),
  });
});

it('finds symbols whatever their case, and leaves out blanks around a text', () => {
  expect(selectionOf({ symbol: 'gme', q: ' gm ' })).toEqual({ symbol: 'GME', text: 'gm' });
});

it('sorts times newest first and symbols from A, unless told otherwise', () => {
  expect(sortOf({ sort: 'enteredAt' })).toEqual({ sort: 'enteredAt', direction: 'desc' });
  expect(sortOf({ sort: 'symbol' })).toEqual({ sort: 'symbol', direction: 'asc' });
  expect(sortOf({ sort: 'closedAt', direction: 'asc' })).toEqual({ sort: 'closedAt', direction: 'asc' });
});
