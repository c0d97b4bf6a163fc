import { z } from 'zod';
import { wholeNumberText } from './values.ts';

/** Rows of one page, at most. */
export const MAX_PAGE_SIZE = 500;

/** How a list is read in pieces. */
export const pageQuery = {
  limit: wholeNumberText(1, MAX_PAGE_SIZE).default(50),
  /** `nextCursor` of the page before, as it was given. */
  cursor: z.string().max(300).optional(),
};

/** A part of a list. `nextCursor` is null on the last page; rows that come meanwhile neither repeat nor hide others. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
