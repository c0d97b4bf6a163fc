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

/**
 * An address that others are told something at: https, or http on this machine alone. It is a secret: its path or query
 * often is all that a caller needs.
 */
export const hookAddress = httpAddress.refine(
  isSafeHook,
  'must be an https address; http is for this machine alone (localhost, 127.0.0.1)',
);

function isSafeHook(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
