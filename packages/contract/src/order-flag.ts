import { z } from 'zod';

/**
 * The flags that an order may carry, in the order in which they are shown. `flags` of an order stays a list of texts:
 * a reader must live with a flag that is newer than itself. A test of the API holds this list against the domain's.
 */
export const orderFlag = z.enum([
  'UNPRICED',
  'FILLS_DO_NOT_SUM',
  'REJECTED_WITH_FILLS',
  'UNKNOWN_STATUS',
  'UNKNOWN_EXECUTION_TYPE',
  'OVERFILLED',
  'PRICE_OUTSIDE_LIMIT',
  'FILL_BEFORE_ENTRY',
  'REPORT_BEHIND_RECORD',
  'FILLS_CONTRADICT_RECORD',
  'FILLS_AMENDED',
  'PRICE_OUTSIDE_MARKET',
  'FILL_OUTSIDE_SESSION',
  'TRANSACTIONS_DISAGREE',
  'NOT_BACKFILLED',
  'NOT_FOUND',
]);
export type OrderFlag = z.infer<typeof orderFlag>;
