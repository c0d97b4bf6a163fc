import { orderFilter, type OrderFilterInput } from '@fill-tracker/contract';
import type { z } from 'zod';

/** The search parameters of the orders page: a filter of the API, in the same words, as text. */
export type OrdersSearch = OrderFilterInput;

const NAMES = Object.keys(orderFilter.shape);

/**
 * Reads the search parameters of an address. Parameters that are no filter are left out; `sort` and `direction` that
 * say nothing new are kept as they are, so that an address means the same tomorrow.
 *
 * @throws {Error} for people, when a filter has a value that makes no sense
 */
export function readOrdersSearch(search: Record<string, unknown>): OrdersSearch {
  const known = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = search[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const checked = orderFilter.safeParse(known);
  if (checked.success) return known;
  throw new Error(checked.error.issues.map(sentenceOf).join(' '));
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.');
  if (issue.code !== 'invalid_value') return `${name}: ${issue.message}.`;
  const [last, ...others] = issue.values.map(String).toReversed();
  return `“${name}” can be ${others.toReversed().join(', ')} or ${last}.`;
}
