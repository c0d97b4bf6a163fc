/**
 * Money and quantities for the screen. They arrive as decimal text and stay text: nothing here makes a number of a
 * price, since a float would show digits that nobody traded at.
 */

export interface DecimalParts {
  readonly sign: '' | '−';
  /** Digits before the point, in groups of three. */
  readonly whole: string;
  /** Digits after the point; may be empty. */
  readonly fraction: string;
}

/** @param minFraction zeros are added up to so many decimals: 22.5 dollars read 22.50 */
export function splitDecimal(text: string, minFraction = 0): DecimalParts {
  const isNegative = text.startsWith('-');
  const [whole = '', fraction = ''] = (isNegative ? text.slice(1) : text).split('.');
  return {
    sign: isNegative ? '−' : '',
    whole: whole.replace(/\B(?=(\d{3})+$)/g, ','),
    fraction: fraction.padEnd(minFraction, '0'),
  };
}

/** `12345.5` as `12,345.5`. */
export function groupedDecimal(text: string, minFraction = 0): string {
  const { sign, whole, fraction } = splitDecimal(text, minFraction);
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** US dollars with at least two decimals and all that there are. */
export function dollars(text: string): string {
  return groupedDecimal(text, 2);
}

/** How many decimals the longest of these has: the room that a column aligned on the point needs. */
export function longestFraction(texts: readonly (string | null)[], minFraction = 0): number {
  return texts.reduce(
    (longest, text) => (text === null ? longest : Math.max(longest, splitDecimal(text).fraction.length)),
    minFraction,
  );
}

/**
 * How much of the whole a part is, 0 to 1, for the width of a bar and nothing else: this is the one place where
 * quantities become floats, and nothing of it is ever shown as a number.
 */
export function barShare(part: string | null, whole: string | null): number {
  const share = Number(part ?? '0') / Number(whole ?? '0');
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}
