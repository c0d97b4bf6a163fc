import { expect, it } from 'vitest';
import { sideOf } from './instruction.ts';

it.each([
  ['BUY', 'BUY'],
  ['BUY_TO_COVER', 'BUY'],
  ['BUY_TO_OPEN', 'BUY'],
  ['BUY_TO_CLOSE', 'BUY'],
  ['SELL', 'SELL'],
  ['SELL_SHORT', 'SELL'],
  ['SELL_SHORT_EXEMPT', 'SELL'],
  ['SELL_TO_OPEN', 'SELL'],
  ['SELL_TO_CLOSE', 'SELL'],
  ['EXCHANGE', null],
  ['buy', null],
  ['toString', null],
  ['__proto__', null],
  ['', null],
  [null, null],
])('the side of %j is %j', (instruction, side) => {
  expect(sideOf(instruction)).toBe(side);
});
