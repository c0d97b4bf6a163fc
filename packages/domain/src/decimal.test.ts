import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, decimalFromRecord, decimalText, divideHalfUp, parseDecimal, sumOf } from './decimal.ts';
import { PROPERTY_RUNS } from './testing/property-runs.ts';

/** A decimal as the tests see it: `units` x 10^-`places`, in integers alone. */
interface Exact {
  readonly units: bigint;
  readonly places: number;
}

/** At most 12 digits before the point and 20 after it: all that JSON text of a price or quantity could hold. */
const anyExact: fc.Arbitrary<Exact> = fc.record({
  units: fc.bigInt({ min: -(10n ** 32n) + 1n, max: 10n ** 32n - 1n }),
  places: fc.constant(20),
});

/** Writes an exact number down the long way, trailing zeros and all. */
function textOf({ units, places }: Exact): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const point = digits.length - places;
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${places > 0 ? `.${digits.slice(point)}` : ''}`;
}

function canonical(value: Exact): string {
  const text = textOf(value);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' || short === '' ? '0' : short;
}

/** Half up (away from zero on a tie), in integers alone. */
function roundedQuotient(a: Exact, b: Exact, places: number): Exact {
  const numerator = a.units * 10n ** BigInt(b.places + places);
  const denominator = b.units * 10n ** BigInt(a.places);
  const isNegative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const units = (2n * n + d) / (2n * d);
  return { units: isNegative ? -units : units, places };
}

describe('parseDecimal', () => {
  it.each([
    ['0', '0'],
    ['0.0', '0'],
    ['-0.0', '0'],
    ['0e99', '0'],
    ['10.0', '10'],
    ['100', '100'],
    ['1e2', '100'],
    ['1.5E+3', '1500'],
    ['1e-7', '0.0000001'],
    ['22.7299', '22.7299'],
    ['22.72990', '22.7299'],
    ['-1.50', '-1.5'],
    ['9999999999999.99', '9999999999999.99'],
    ['0.1234567890123456789012345678901234567', '0.1234567890123456789012345678901234567'],
    ['1e-40', `0.${'0'.repeat(39)}1`],
  ])('reads %s as %s', (text, expected) => {
    const value = parseDecimal(text);
    expect(value === null ? null : decimalText(value)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['a blank before', ' 1'],
    ['a blank after', '1 '],
    ['a line end', '1\n'],
    ['hexadecimal', '0x1'],
    ['not a number', 'NaN'],
    ['infinity', 'Infinity'],
    ['a bare point after', '1.'],
    ['a bare point before', '.5'],
    ['a plus sign', '+1'],
    ['a thousands mark', '1,000'],
    ['a bare exponent', '1e'],
    ['an exponent of three digits', '1e999'],
    ['10^13', '10000000000000'],
    ['10^13 by exponent', '1e13'],
    ['less than 10^-40', '9e-41'],
    ['41 characters', `0.${'1'.repeat(39)}`],
    ['digits of another script', '١٢'],
  ])('refuses %s', (_name, text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('knows one zero only, so that equal numbers are equal in JSON too', () => {
    expect(JSON.stringify([parseDecimal('-0'), parseDecimal('0.00')])).toBe('["0","0"]');
  });

  it('reads every admissible text exactly and writes it in canonical form', () => {
    fc.assert(
      fc.property(anyExact, (value) => {
        expect(decimalText(decimal(textOf(value)))).toBe(canonical(value));
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('arithmetic', () => {
  it('multiplies and adds without rounding', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyExact, anyExact), { maxLength: 20 }), (pairs) => {
        const products = pairs.map(([a, b]) => decimal(textOf(a)).times(decimal(textOf(b))));
        const units = pairs.reduce((sum, [a, b]) => sum + a.units * b.units, 0n);
        expect(decimalText(sumOf(products))).toBe(canonical({ units, places: 40 }));
      }),
      PROPERTY_RUNS,
    );
  });

  it('keeps every digit of the widest product a million times over', () => {
    const largest = decimal('9999999999999');
    const smallest = decimal('1.2345678901234567890123456789012345e-40');
    const sum = largest.times(largest).times(decimal('1000000')).plus(smallest.times(smallest));
    expect(sum.minus(largest.times(largest).times(decimal('1000000')))).toEqual(smallest.times(smallest));
  });

  it('adds nothing up to zero', () => {
    expect(decimalText(sumOf([]))).toBe('0');
  });
});

describe('divideHalfUp', () => {
  it.each([
    ['1', '8', 2, '0.13'],
    ['-1', '8', 2, '-0.13'],
    ['1', '3', 8, '0.33333333'],
    ['2', '3', 8, '0.66666667'],
    ['5', '10', 0, '1'],
    ['49', '100', 0, '0'],
    ['2272.99', '1', 0, '2273'],
    ['1', '2000000000', 8, '0'],
    ['1', '200000000', 8, '0.00000001'],
    ['0', '7', 8, '0'],
  ])('%s / %s to %i places is %s', (numerator, denominator, places, expected) => {
    expect(decimalText(divideHalfUp(decimal(numerator), decimal(denominator), places))).toBe(expected);
  });

  it('rounds once: a quotient just under a tie goes down however close it is', () => {
    const numerator = decimal('0.4999999999999999999999999999999999999');
    expect(decimalText(divideHalfUp(numerator, decimal('1'), 0))).toBe('0');
    // 0.00000000|4999... with a period: (5 x 10^-9 x 3 - 10^-40) / 3
    const period = decimal('1.5e-8').minus(decimal('1e-40'));
    expect(decimalText(divideHalfUp(period, decimal('3'), 8))).toBe('0');
    expect(decimalText(divideHalfUp(decimal('1.5e-8'), decimal('3'), 8))).toBe('0.00000001');
  });

  it('agrees with integer arithmetic', () => {
    const divisor = anyExact.filter(({ units }) => units !== 0n);
    fc.assert(
      fc.property(anyExact, divisor, fc.integer({ min: 0, max: 12 }), (a, b, places) => {
        const quotient = divideHalfUp(decimal(textOf(a)), decimal(textOf(b)), places);
        expect(decimalText(quotient)).toBe(canonical(roundedQuotient(a, b, places)));
      }),
      PROPERTY_RUNS,
    );
  });

  it('refuses to divide by zero', () => {
    expect(() => divideHalfUp(decimal('1'), decimal('0'), 8)).toThrow(RangeError);
  });
});

describe('texts of our own', () => {
  it('takes back from the record what it wrote there, however long', () => {
    const long = `123456789012345678901234567890.${'123456789'.repeat(12)}`;
    expect(decimalText(decimalFromRecord(long))).toBe(long);
  });

  it.each(['', '1e5', 'NaN', '1.', ' 1', '0x1'])('refuses %j in the record', (text) => {
    expect(() => decimalFromRecord(text)).toThrow(RangeError);
  });

  it('refuses a number in the program that is none, without quoting it at length', () => {
    expect(() => decimal('x'.repeat(1000))).toThrow(/^Not a decimal number: "x{40}"$/);
  });
});
