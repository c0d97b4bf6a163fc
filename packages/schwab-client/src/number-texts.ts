import { z } from 'zod';

const DECIMAL = /^-?\d+(\.\d+)?(?:[eE]([+-]?\d{1,3}))?$/;
const MAX_DECIMAL_LENGTH = 40;
const MAX_EXPONENT = 40;

/** Whether text is a decimal of sane size: nobody's arithmetic should meet `1e999999999`. */
function isDecimalText(text: string): boolean {
  const match = DECIMAL.exec(text);
  return match !== null && text.length <= MAX_DECIMAL_LENGTH && Math.abs(Number(match[2] ?? 0)) <= MAX_EXPONENT;
}

/** A number as its source text, or a numeric string. */
export const decimalText = z.string('must be a number').refine(isDecimalText, 'must be a number');

export const integerText = z.string('must be a whole number').regex(/^\d{1,19}$/, 'must be a whole number');
