import { z } from 'zod';

/** A number as plain text: no exponent, no trailing zeros. Never a JSON number, which would pass through a float. */
export const decimalText = z.string().regex(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);

/** ISO 8601, UTC, such as `2026-01-05T15:00:01.000Z`. */
export const timeText = z.iso.datetime();

/** PENDING: may still change, or is not proved yet. COMPLETED: traded, every share priced by the broker. FAILED: ended, nothing traded. */
export const orderStatus = z.enum(['PENDING', 'COMPLETED', 'FAILED']);

/** What one unit of a multi-leg order brought in (CREDIT) or cost (DEBIT), in USD; the amount is never negative. */
export const netPrice = z.object({ amount: decimalText, effect: z.enum(['CREDIT', 'DEBIT', 'EVEN']) });
