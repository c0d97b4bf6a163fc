import { describe, expect, it } from 'vitest';
import { barShare, dollars, groupedDecimal, longestFraction } from './decimal-text.ts';

describe('decimal text', () => {
  it.each([
    ['22.7299', '22.7299'],
    ['498.881558', '498.881558'],
    ['22.5', '22.50'],
    ['7', '7.00'],
    ['-1234567.123456789', '−1,234,567.123456789'],
    // As floats these would read 9007199254740992 and 0.30000000000000004.
    ['9007199254740993', '9,007,199,254,740,993.00'],
    ['0.30000000000000000001', '0.30000000000000000001'],
  ])('shows %s dollars as %s', (text, shown) => {
    expect(dollars(text)).toBe(shown);
  });

  it('keeps quantities without decimals that nobody gave', () => {
    expect(groupedDecimal('1500')).toBe('1,500');
    expect(groupedDecimal('0.125')).toBe('0.125');
  });

  it('finds the room that a column needs', () => {
    expect(longestFraction(['1.25', null, '3.1415', '10'], 2)).toBe(4);
    expect(longestFraction([], 2)).toBe(2);
  });

  it.each([
    ['40', '100', 0.4],
    ['120', '100', 1],
    [null, '100', 0],
    ['5', null, 0],
    ['0', '0', 0],
  ])('a bar of %s in %s is %d wide', (part, whole, share) => {
    expect(barShare(part, whole)).toBe(share);
  });
});
