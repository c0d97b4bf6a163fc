/**
 * Exact decimal arithmetic on BigInt, for prices (USD per share) and quantities (shares). The simulator has its own, so
 * that the truth it tells owes nothing to the arithmetic of the program that is measured against it.
 */
export interface ExactDecimal {
  /** The value without its decimal point. */
  readonly units: bigint;
  /** How many of those digits stand behind the decimal point. */
  readonly places: number;
}

const DECIMAL_TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;

export const ZERO: ExactDecimal = { units: 0n, places: 0 };

/** Reads plain decimal text such as `22.7299`; no exponent. Throws `SyntaxError` for anything else. */
export function parseDecimal(text: string): ExactDecimal {
  const [, sign, whole, fraction = ''] = DECIMAL_TEXT.exec(text) ?? [];
  if (whole === undefined) throw new SyntaxError(`Not a plain decimal: ${text}`);
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, places: fraction.length };
}

export function plus(left: ExactDecimal, right: ExactDecimal): ExactDecimal {
  const places = Math.max(left.places, right.places);
  return { units: unitsAt(left, places) + unitsAt(right, places), places };
}

export function minus(left: ExactDecimal, right: ExactDecimal): ExactDecimal {
  return plus(left, { units: -right.units, places: right.places });
}

export function times(left: ExactDecimal, right: ExactDecimal): ExactDecimal {
  return { units: left.units * right.units, places: left.places + right.places };
}

export function sumOf(values: readonly ExactDecimal[]): ExactDecimal {
  return values.reduce(plus, ZERO);
}

/** Negative, zero or positive, as `Array.prototype.sort` expects. */
export function compareDecimals(left: ExactDecimal, right: ExactDecimal): number {
  const { units } = minus(left, right);
  if (units === 0n) return 0;
  return units < 0n ? -1 : 1;
}

/** The quotient of two values that are not negative, rounded half up. Throws `RangeError` when the divisor is zero. */
export function quotientHalfUp(dividend: ExactDecimal, divisor: ExactDecimal, places: number): ExactDecimal {
  const numerator = dividend.units * 10n ** BigInt(divisor.places + places);
  const denominator = divisor.units * 10n ** BigInt(dividend.places);
  return { units: (numerator * 2n + denominator) / (denominator * 2n), places };
}

/** The value, not negative, rounded up to so many places. */
export function roundUp({ units, places }: ExactDecimal, toPlaces: number): ExactDecimal {
  if (places <= toPlaces) return { units, places };
  const cut = 10n ** BigInt(places - toPlaces);
  return { units: (units + cut - 1n) / cut, places: toPlaces };
}

export function negated({ units, places }: ExactDecimal): ExactDecimal {
  return { units: -units, places };
}

/** The value without exponent and without trailing zeros: `10`, `22.7299`. */
export function plainText(value: ExactDecimal): string {
  const { sign, whole, fraction } = digitsOf(value);
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** The value as Schwab prints a double: at least one digit behind the point, `10.0`. */
export function doubleText(value: ExactDecimal): string {
  const { sign, whole, fraction } = digitsOf(value);
  return `${sign}${whole}.${fraction === '' ? '0' : fraction}`;
}

function unitsAt(value: ExactDecimal, places: number): bigint {
  return value.units * 10n ** BigInt(places - value.places);
}

function digitsOf({ units, places }: ExactDecimal): { sign: string; whole: string; fraction: string } {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const point = digits.length - places;
  return {
    sign: units < 0n ? '-' : '',
    whole: digits.slice(0, point),
    fraction: digits.slice(point).replace(/0+$/, ''),
  };
}
