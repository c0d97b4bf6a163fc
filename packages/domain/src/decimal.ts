/**
 * Exact decimals: the only importer of decimal.js.
 *
 * Invariant: whatever `parseDecimal` admits can be added and multiplied without rounding. It admits at most 40
 * digits and values below 10^13 with at most 80 places, so a price times a quantity has at most 186 digits, and a
 * sum of a million of them still fits the 200 significant digits kept here. Only a division can round; it does so in one function.
 */
import { Decimal as DecimalJs } from 'decimal.js';

const Exact = DecimalJs.clone({ precision: 200, rounding: DecimalJs.ROUND_DOWN });

/** An exact decimal number: USD per share, shares, or USD. */
export type Decimal = DecimalJs;

export const ZERO: Decimal = new Exact(0);

const DECIMAL_TEXT = /^-?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/;
const MAX_TEXT_LENGTH = 40;
/** No price or quantity reaches 10^13; and an average below it still fits an integer of cents. */
const MAX_EXPONENT = 12;
const MIN_EXPONENT = -40;

/**
 * Reads a number from its JSON source text, such as `22.7299`, `10.0` or `1e2`.
 *
 * @returns the exact value, or null when the text is no plain number or is out of those bounds.
 */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > MAX_TEXT_LENGTH || !DECIMAL_TEXT.test(text)) return null;
  const value = new Exact(text);
  if (value.isZero()) return ZERO; // never `-0`, which would be written otherwise in JSON
  return value.e > MAX_EXPONENT || value.e < MIN_EXPONENT ? null : value;
}

/**
 * A number written in the program itself, or already in canonical text.
 *
 * @throws {RangeError} when the text is not a number that `parseDecimal` admits.
 */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`Not a decimal number: "${text.slice(0, MAX_TEXT_LENGTH)}"`);
  return value;
}

/**
 * Reads a number that this program stored itself: canonical text of any length, as sums can be longer than inputs.
 *
 * @throws {RangeError} when the text is not canonical.
 */
export function decimalFromRecord(text: string): Decimal {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`The record holds no decimal number: "${text.slice(0, 60)}"`);
  return new Exact(text);
}

/** Canonical text: no exponent, no trailing zeros, no `-0`. The only form used in JSON and in the database. */
export function decimalText(value: Decimal): string {
  return value.toFixed();
}

export function sumOf(values: readonly Decimal[]): Decimal {
  return values.reduce<Decimal>((sum, value) => sum.plus(value), ZERO);
}

/**
 * `numerator / denominator`, rounded half up (away from zero on a tie) to `places`.
 *
 * The quotient is cut, not rounded, at 200 digits: a digit of 5 after the last place stands there only if the true
 * quotient has it too, so rounding happens once.
 *
 * @throws {RangeError} when the denominator is zero.
 */
export function divideHalfUp(numerator: Decimal, denominator: Decimal, places: number): Decimal {
  if (denominator.isZero()) throw new RangeError('Division by zero: an average needs a filled quantity');
  return numerator.div(denominator).toDecimalPlaces(places, DecimalJs.ROUND_HALF_UP);
}
