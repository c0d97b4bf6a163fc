import { expect, it } from 'vitest';
import { symbolKey } from './symbol-key.ts';

it.each([
  ['GME', 'GME'],
  ['NVDA  250613C00144000', 'NVDA250613C00144000'],
  ['NVDA 250613C00144000', 'NVDA250613C00144000'],
  [null, null],
])('compares %j as %j', (symbol, key) => {
  expect(symbolKey(symbol)).toBe(key);
});
