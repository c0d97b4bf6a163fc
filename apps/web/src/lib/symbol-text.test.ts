import { expect, it } from 'vitest';
import { symbolText } from './symbol-text.ts';

it.each([
  ['GME', 'GME'],
  ['BRK.B', 'BRK.B'],
  ['SPY   261218C00600000', 'SPY 12/18/26 600C'],
  ['NVDA  250613P00144500', 'NVDA 06/13/25 144.5P'],
  ['F     260116C00000500', 'F 01/16/26 0.5C'],
  ['GOOGL1260116C01234125', 'GOOGL1 01/16/26 1234.125C'],
  ['SPY   261218X00600000', 'SPY   261218X00600000'],
  ['', ''],
])('reads %j as %j', (symbol, text) => {
  expect(symbolText(symbol)).toBe(text);
});
