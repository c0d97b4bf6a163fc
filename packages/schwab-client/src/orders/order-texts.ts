import { z } from 'zod';

/** Schwab's order ids: int64, positive. Kept as text, since not every int64 fits a double. */
export function isOrderId(text: string): boolean {
  return /^[1-9][0-9]{0,18}$/.test(text);
}

export const orderIdText = z.string(missingOr('must be an order id')).refine(isOrderId, 'must be an order id');

/**
 * Any word, known or not, however odd: it is data, and an order with it is live until a known word ends it. Numbers have
 * become text by the time they come here, and are no words.
 */
export const statusText = z
  .string(missingOr('must be a word'))
  .regex(/^(?![\d-])(?=.*\p{L})\P{Cc}{1,200}$/u, 'must be a word');

/** What is not there at all hints at another kind of answer than what is there and wrong. */
function missingOr(problem: string): { readonly error: z.core.$ZodErrorMap } {
  return { error: ({ input }) => (input === undefined ? 'is missing' : problem) };
}
