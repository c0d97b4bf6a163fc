import type { AuditEntry } from '../audit/audit-entry.ts';
import { auditChanges, type IdentifiedFill } from '../audit/audit-changes.ts';
import type { RecordedFill, WithdrawnFill } from '../execution/fill.ts';
import type { KnownOrder } from '../order/known-order.ts';
import { type Discrepancy, newDiscrepancies } from './discrepancy.ts';

/** What a report, its absence, a witness or a person does to an order. */
export interface Reconciliation extends FillChanges {
  /** The order as it stands now. */
  readonly order: KnownOrder;
  /** False when there is nothing to write. */
  readonly isChanged: boolean;
  readonly audit: readonly AuditEntry[];
  /** Raised now; earlier ones stay among the order's flags. */
  readonly discrepancies: readonly Discrepancy[];
}

export interface FillChanges {
  readonly newFills: readonly RecordedFill[];
  readonly identifiedFills: readonly IdentifiedFill[];
  /** Fills that count no longer; among `newFills` too when they never did. */
  readonly withdrawnFills: readonly WithdrawnFill[];
}

export const NO_FILL_CHANGES: FillChanges = { newFills: [], identifiedFills: [], withdrawnFills: [] };

/** The step from one state of an order to the next, with its trail. */
export function changeOf(
  before: KnownOrder,
  order: KnownOrder,
  reason: string,
  fills: FillChanges = NO_FILL_CHANGES,
): Reconciliation {
  const audit = auditChanges({ before, after: order, ...fills }, reason);
  return {
    ...fills,
    order,
    isChanged: audit.length > 0 || before.absence !== order.absence || !sameDetails(before, order),
    audit,
    discrepancies: newDiscrepancies(before.state.flags, order.state.flags),
  };
}

/** Decimals turn into their text here, so equal values are equal texts. */
function sameDetails(before: KnownOrder, after: KnownOrder): boolean {
  return JSON.stringify(before.facts) === JSON.stringify(after.facts);
}
