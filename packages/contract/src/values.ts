import { z } from 'zod';

/** A number as plain text: no exponent, no trailing zeros. Never a JSON number, which would pass through a float. */
export const decimalText = z.string().regex(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);

/** ISO 8601, UTC, such as `2026-01-05T15:00:01.000Z`. */
export const timeText = z.iso.datetime();

/** The years that a question may be about. The record writes years of four digits; what lies beyond these is a typing mistake. */
const ASKED_YEARS = /^(19|20|21)\d\d-/;

/** A date that somebody asks about, such as `2026-01-05`. */
export const askedDate = z.iso.date({ abort: true }).regex(ASKED_YEARS, { abort: true });

/** An instant that somebody asks about, with its offset, such as `2026-01-05T15:00:00Z`. */
export const askedInstant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-01-05T15:00:00Z', abort: true })
  .regex(ASKED_YEARS, { error: 'must be of a year from 1900 to 2199', abort: true });

/** PENDING: may still change, or is not proved yet. COMPLETED: traded, every share priced by the broker. FAILED: ended, nothing traded. */
export const orderStatus = z.enum(['PENDING', 'COMPLETED', 'FAILED']);

/** What one unit of a multi-leg order brought in (CREDIT) or cost (DEBIT), in USD; the amount is never negative. */
export const netPrice = z.object({ amount: decimalText, effect: z.enum(['CREDIT', 'DEBIT', 'EVEN']) });

/** Schwab's order id, an int64: text everywhere, since JSON numbers of that size are rounded by most readers. */
export const brokerOrderId = z.string().regex(/^[1-9]\d{0,18}$/, "must be the broker's order id: 1 to 19 digits");

/** Our short account id, such as `A1`. */
export const accountId = z.string().regex(/^A[1-9]\d{0,8}$/, 'must be an account id of ours, such as A1');

/** A whole number in a query string or a path. Without coercion, which takes `1e2`, ` 5` and nothing at all for numbers. */
export function wholeNumberText(min: number, max: number): z.ZodType<number, string> {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string(message)
    .regex(/^\d{1,16}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}
