import { z } from 'zod';

/**
 * The flags that an order may carry, and what each tells a person, in the order in which they are shown. `flags` of an
 * order stays a list of texts: a reader must live with a flag that is newer than itself. A test of the API holds this
 * table equal to the domain's, which may not be imported here.
 */
export const ORDER_FLAGS = {
  UNPRICED: 'The broker says that something filled and reports no priced leg. The price is unknown, not zero.',
  FILLS_DO_NOT_SUM: 'The priced legs do not add up to the filled quantity.',
  REJECTED_WITH_FILLS: 'Rejected, and yet something traded. The fills are kept.',
  UNKNOWN_STATUS: 'The broker uses a status word that it never documented. Treated as live.',
  UNKNOWN_EXECUTION_TYPE: 'The report holds an execution of a kind that is not understood. It is not counted.',
  OVERFILLED: 'More traded than was ordered.',
  PRICE_OUTSIDE_LIMIT: "Bought above, or sold below, the order's own limit.",
  FILL_BEFORE_ENTRY: 'A fill carries a time before the order was entered.',
  REPORT_BEHIND_RECORD: 'A later report lacks what an earlier one proved. The record keeps it.',
  FILLS_CONTRADICT_RECORD: 'A complete report replaces recorded fills by others without saying that it corrects them.',
  FILLS_AMENDED: 'A recorded fill was corrected or taken back. Both versions are kept; the last one counts.',
  PRICE_OUTSIDE_MARKET: "A fill's price lies outside what the market traded at in that minute.",
  FILL_OUTSIDE_SESSION: 'A fill carries a time at which no session was open.',
  TRANSACTIONS_DISAGREE: "The account's transactions show other executions than the order's own report.",
  REPORT_UNREADABLE: 'The broker told of this order, and it cannot be read. The record stands as it was before.',
  NOT_BACKFILLED: 'Taken over from an older record. The broker has not confirmed its price yet.',
  NOT_FOUND: 'The broker keeps answering that it does not know this order, or that its id only holds others together.',
} as const;

type OrderFlag = keyof typeof ORDER_FLAGS;

export const orderFlag = z.enum(Object.keys(ORDER_FLAGS).filter(isOrderFlag));

function isOrderFlag(name: string): name is OrderFlag {
  return Object.hasOwn(ORDER_FLAGS, name);
}
