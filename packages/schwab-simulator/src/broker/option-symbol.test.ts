import { describe, expect, it } from 'vitest';
import { readOptionSymbol } from './option-symbol.ts';

describe('readOptionSymbol', () => {
  it.each([
    ['NVDA  250613C00144000', 'NVDA', 'CALL', 'NVDA 06/13/2025 $144 Call'],
    ['SPXW  250131P05960000', 'SPXW', 'PUT', 'SPXW 01/31/2025 $5960 Put'],
    ['F     281215P00011500', 'F', 'PUT', 'F 12/15/2028 $11.5 Put'],
  ])('reads %s', (symbol, underlying, putCall, description) => {
    expect(readOptionSymbol(symbol)).toEqual({ underlying, putCall, description });
  });

  it.each(['NVDA', 'BRK.B', 'NVDA 250613C00144000', 'NVDA  250613X00144000'])('finds no option in %s', (symbol) => {
    expect(readOptionSymbol(symbol)).toBeNull();
  });
});
