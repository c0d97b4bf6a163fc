/** What each flag tells a person. Flags raise attention; they never hide or drop a fill. */
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

export type OrderFlag = keyof typeof ORDER_FLAGS;

/** Every flag, in the order in which they are shown. */
const FLAG_ORDER = Object.keys(ORDER_FLAGS);

/** Each flag once, in one order: equal sets of flags are equal lists. */
export function orderedFlags(flags: Iterable<OrderFlag>): readonly OrderFlag[] {
  return [...new Set(flags)].sort((a, b) => FLAG_ORDER.indexOf(a) - FLAG_ORDER.indexOf(b));
}
