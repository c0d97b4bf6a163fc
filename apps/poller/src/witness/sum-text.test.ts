import { expect, it } from 'vitest';
import { sumText } from './sum-text.ts';

it.each([
  ['GME', '159.1099 USD'],
  ['BRK/B', '159.1099 USD'],
  [null, '159.1099 USD'],
  ['SPY   261218C00600500', "159.1099 before the contract's multiplier"],
  ['SPXW 261218P06000000', "159.1099 before the contract's multiplier"],
])('gives the sum of %j its unit', (symbol, text) => {
  expect(sumText('159.1099', symbol)).toBe(text);
});
