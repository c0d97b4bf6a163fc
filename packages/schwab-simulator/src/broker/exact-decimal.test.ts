import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareDecimals,
  doubleText,
  minus,
  parseDecimal,
  plainText,
  plus,
  quotientHalfUp,
  times,
} from './exact-decimal.ts';

const d = parseDecimal;

describe('exact decimals', () => {
  it.each([
    ['10', '10', '10.0'],
    ['10.00', '10', '10.0'],
    ['22.7299', '22.7299', '22.7299'],
    ['0.0001', '0.0001', '0.0001'],
    ['0', '0', '0.0'],
    ['-1.50', '-1.5', '-1.5'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789', '12345678901234567890.123456789'],
  ])('%s is written %s, and as a double %s', (text, plain, double) => {
    expect(plainText(d(text))).toBe(plain);
    expect(doubleText(d(text))).toBe(double);
  });

  it.each(['', '1e3', '.5', '5.', '1,000', ' 1', 'NaN'])('refuses %j', (text) => {
    expect(() => d(text)).toThrow(SyntaxError);
  });

  it('adds what floating point cannot', () => {
    expect(plainText(plus(d('0.1'), d('0.2')))).toBe('0.3');
    expect(plainText(minus(d('0.3'), d('0.1')))).toBe('0.2');
    expect(plainText(times(d('1.005'), d('1000')))).toBe('1005');
  });

  it('compares by value, not by text', () => {
    expect(compareDecimals(d('9.5'), d('10.2'))).toBeLessThan(0);
    expect(compareDecimals(d('1.50'), d('1.5'))).toBe(0);
  });

  it.each([
    ['2', '3', '0.66666667'],
    ['1', '3', '0.33333333'],
    // Exactly half of the last place: up.
    ['0.000000005', '1', '0.00000001'],
    ['0.000000015', '1', '0.00000002'],
    ['0.0000000049', '1', '0'],
  ])('%s / %s is %s at eight places', (dividend, divisor, quotient) => {
    expect(plainText(quotientHalfUp(d(dividend), d(divisor), 8))).toBe(quotient);
  });

  it('rounds a quotient by at most half of the last place, up from the middle', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.bigInt(1n, 10n ** 9n), fc.nat(4), (units, divisor, places) => {
        const quotient = quotientHalfUp({ units, places }, { units: divisor, places: 0 }, 8);
        // 2 x (rounded - exact), over the common denominator: in (-1, +1] units of the last place.
        const error = 2n * (quotient.units * divisor * 10n ** BigInt(places) - units * 10n ** 8n);
        const unit = divisor * 10n ** BigInt(places);
        expect(error > -unit && error <= unit).toBe(true);
      }),
    );
  });
});
