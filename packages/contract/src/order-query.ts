import { z } from 'zod';
import { pageQuery } from './page.ts';
import { accountId, askedDate, askedInstant, brokerOrderId } from './values.ts';

/** The tabs of an order list. `attention`: any flag, whatever the status. */
export const orderTab = z.enum(['pending', 'completed', 'failed', 'attention']);
export type OrderTab = z.infer<typeof orderTab>;

export const orderSort = z.enum(['enteredAt', 'closedAt', 'symbol']);
export type OrderSort = z.infer<typeof orderSort>;

/** A New York date (`2026-01-05`, the whole day) or an instant with its offset (`2026-01-05T15:00:00Z`). */
const dateOrInstant = z.union([askedDate, askedInstant], {
  error: 'must be a New York date such as 2026-01-05 or an instant such as 2026-01-05T15:00:00Z, from 1900 to 2199',
});

/**
 * Which orders, as a query string says it. A parameter that is not listed here is an error: a filter with a typing
 * mistake would otherwise give all orders.
 */
export const orderFilter = z.strictObject({
  status: orderTab.optional(),
  /** true: only orders of which a part traded, live or ended. false: none of them. */
  partial: z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'], error: 'must be true or false' }).optional(),
  brokerOrderId: brokerOrderId.optional(),
  /** The whole symbol; case does not matter. */
  symbol: z.string().min(1).max(40).optional(),
  account: accountId.optional(),
  /** Part of a symbol (of any leg), or the beginning of a broker order id. */
  q: z
    .string()
    .max(100)
    // SQLite ends a pattern there, and would then find everything.
    .refine((text) => !text.includes('\0'), 'must not hold a NUL character')
    .optional(),
  /** Entered at or after; of an ended order whose entry the broker did not tell, ended. */
  from: dateOrInstant.optional(),
  /** Entered before this instant, or on this New York date or earlier. */
  to: dateOrInstant.optional(),
  /**
   * `enteredAt` unless said otherwise. Orders without the value come last; open ones of which the broker has not told
   * count as newest; of an ended one whose entry the broker did not tell, its end stands in.
   */
  sort: orderSort.default('enteredAt'),
  /** Newest first for times and A to Z for symbols unless said otherwise. */
  direction: z.enum(['asc', 'desc']).optional(),
});
export type OrderFilter = z.output<typeof orderFilter>;
/** As a caller writes it: every value is text. */
export type OrderFilterInput = z.input<typeof orderFilter>;

/** `GET /api/orders`. */
export const orderQuery = orderFilter.extend(pageQuery);
export type OrderQuery = z.output<typeof orderQuery>;
export type OrderQueryInput = z.input<typeof orderQuery>;
