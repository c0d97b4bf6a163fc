/** The forms that the text of a variable can take; each says what it must be. */
import { z } from 'zod';

export const wholeNumber = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must lie between ${min} and ${max}`);

export const seconds = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number of seconds')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must lie between ${min} and ${max} seconds`);

export const yesOrNo = z.stringbool({ error: 'must be true or false' });

export const port = wholeNumber(1, 65_535);

/** 0 takes any free port; the program says at its start which. */
export const portOrAny = wholeNumber(0, 65_535);

export const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a New York time such as 09:30');

export const httpAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
