import { z } from 'zod';

/*
 * Numbers are kept as their source text. Which of them are too large or too small to be meant is judged where text
 * becomes a value: only there is it known what could be computed with, and one fault should have one message.
 */

/** A number as its source text, or a numeric string: of any size, so never to be handed to `Number`. */
export const decimalText = z.string('must be a number').regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, 'must be a number');

export const integerText = z.string('must be a whole number').regex(/^\d{1,19}$/, 'must be a whole number');
