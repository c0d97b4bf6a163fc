import type { AuditEntry } from '../audit/audit-entry.ts';
import { type Instant, SECOND } from '../instant.ts';
import type { KnownOrder } from '../order/known-order.ts';
import { type OrderFlag, orderedFlags } from '../order/order-flag.ts';
import { newDiscrepancies } from './discrepancy.ts';
import { NO_FILL_CHANGES, type Reconciliation } from './reconciliation.ts';

/** New orders can be unknown by id for some seconds while the list already shows them: not yet, rather than not. */
export const VISIBILITY_GRACE_MS = 60 * SECOND;

/** Positive "not found" answers in a row before an order is marked. */
const NOT_FOUND_ANSWERS = 3;

/**
 * Takes in a positive answer that the broker does not know the order, while its list agrees. The order stays
 * PENDING whatever happens: absence is no cancel. Only a repeated answer past the grace marks it NOT_FOUND.
 *
 * @param now when the answer came
 */
export function reconcileAbsence(known: KnownOrder, now: Instant): Reconciliation {
  const absence = { count: (known.absence?.count ?? 0) + 1, since: known.absence?.since ?? now };
  const isMarked = absence.count >= NOT_FOUND_ANSWERS && now - known.firstSeenAt > VISIBILITY_GRACE_MS;
  const flags = isMarked ? notFound(known.state.flags) : known.state.flags;
  const discrepancies = newDiscrepancies(known.state.flags, flags);
  return {
    order: { ...known, absence, state: { ...known.state, flags } },
    // Counting is written only until the mark is set: a lost order costs no write for ever.
    isChanged: discrepancies.length > 0 || !known.state.flags.includes('NOT_FOUND'),
    ...NO_FILL_CHANGES,
    audit: discrepancies.length > 0 ? [notFoundEntry(absence.count, absence.since)] : [],
    discrepancies,
  };
}

/** What could not be read of it once is not what the broker says now. */
function notFound(flags: readonly OrderFlag[]): readonly OrderFlag[] {
  return orderedFlags([...flags.filter((flag) => flag !== 'REPORT_UNREADABLE'), 'NOT_FOUND']);
}

function notFoundEntry(count: number, since: Instant): AuditEntry {
  return {
    kind: 'NOT_FOUND',
    before: null,
    after: { answers: count, since: new Date(since).toISOString() },
    reason: 'the broker answered repeatedly that it does not know this order, and its list agrees',
  };
}
