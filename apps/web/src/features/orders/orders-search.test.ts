import { expect, it } from 'vitest';
import { readOrdersSearch } from './orders-search.ts';

it('keeps filters and leaves the rest out', () => {
  expect(readOrdersSearch({ symbol: 'GME', status: '', utm: 'x' })).toEqual({ symbol: 'GME' });
});

it('says in a sentence which values a filter can have', () => {
  expect(() => readOrdersSearch({ status: 'bogus' })).toThrow(
    '“status” can be pending, completed, failed or attention.',
  );
});
