import { z } from 'zod';

const DECIMAL = /^-?\d+(\.\d+)?(?:[eE]([+-]?\d{1,3}))?$/;
const MAX_DECIMAL_LENGTH = 40;
const MAX_EXPONENT = 40;

/** Whether text is a decimal of sane size: nobody's arithmetic should meet `1e999999999`. */
function isDecimalText(text: string): boolean {
  const match = DECIMAL.exec(text);
  return match !== null && text.length <= MAX_DECIMAL_LENGTH && Math.abs(Number(match[2] ?? 0)) <= MAX_EXPONENT;
}

/** Schwab's order ids: int64, positive. Kept as text, since not every int64 fits a double. */
export function isOrderId(text: string): boolean {
  return /^[1-9][0-9]{0,18}$/.test(text);
}

/** A number as its source text, or a numeric string. */
export const decimalText = z.string('must be a number').refine(isDecimalText, 'must be a number');

export const integerText = z.string('must be a whole number').regex(/^\d{1,19}$/, 'must be a whole number');

export const orderIdText = z.string('must be an order id').refine(isOrderId, 'must be an order id');

/** Any word, known or not; numbers have become text by the time they come here, and are no words. */
export const statusText = z.string('must be a word').regex(/^[A-Za-z][\w -]{0,63}$/, 'must be a word');
