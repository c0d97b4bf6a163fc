/**
 * Brings one order of the record to what a report says. The invariants, which the tests state as properties:
 *
 * - No fill is lost and none counted twice, whatever the order, repetition, truncation or loss of reports.
 * - Fills only grow. A report that shows fewer is stale or suspicious, never an erasure.
 * - An older report (by the instant it was requested) adds fills that were missing and changes nothing else.
 * - The same report twice is the same as once.
 * - An order leaves PENDING only by the status rule; its price comes from its fills alone.
 */
import type { AuditEntry } from '../audit/audit-entry.ts';
import { auditChanges, type IdentifiedFill } from '../audit/audit-changes.ts';
import { hasUnknownExecutionType, type RecordedFill } from '../execution/fill.ts';
import { mergeFills } from '../execution/merge-fills.ts';
import type { Instant } from '../instant.ts';
import type { KnownOrder, OrderState } from '../order/known-order.ts';
import { type OrderFlag, orderedFlags } from '../order/order-flag.ts';
import type { OrderFacts, ReportedOrder } from '../order/reported-order.ts';
import { compareReport, type Standing } from './compare-report.ts';
import { concludeOrder } from './conclude-order.ts';
import { type Discrepancy, newDiscrepancies } from './discrepancy.ts';
import { mergeFacts } from './merge-facts.ts';

/** What a report, or its absence, does to an order. */
export interface Reconciliation {
  /** The order as it stands now. */
  readonly order: KnownOrder;
  /** False when there is nothing to write. */
  readonly isChanged: boolean;
  readonly newFills: readonly RecordedFill[];
  readonly identifiedFills: readonly IdentifiedFill[];
  readonly audit: readonly AuditEntry[];
  /** Raised by this report; earlier ones stay among the order's flags. */
  readonly discrepancies: readonly Discrepancy[];
}

/**
 * Reconciles one order with one report of it.
 *
 * @param requestedAt when the report was asked for: the version of what it says
 * @param now when it was seen: `observedAt` of its fills
 */
export function reconcileOrder(
  known: KnownOrder,
  reported: ReportedOrder,
  requestedAt: Instant,
  now: Instant,
): Reconciliation {
  const { standing, match, added, keptFacts } = compareReport(known, reported, requestedAt);
  const { fills, newFills, identifiedFills } = mergeFills(match, added, now);
  const facts = keptFacts ?? mergeFacts(known.facts, reported);
  const after: KnownOrder = {
    ...known,
    facts,
    reportedAt: keptFacts === null ? requestedAt : known.reportedAt,
    fills,
    state: nextState(known, facts, fills, reportFlags(known, reported, standing), now),
    absence: null,
  };
  const change = { before: known, after, newFills, identifiedFills };
  const audit = auditChanges(change, REASONS[standing]);
  return {
    order: after,
    isChanged: audit.length > 0 || known.absence !== null || !sameDetails(known, after),
    newFills,
    identifiedFills,
    audit,
    discrepancies: newDiscrepancies(known.state.flags, after.state.flags),
  };
}

const REASONS: Readonly<Record<Standing, string>> = {
  current: 'reported by the broker',
  older: 'reported by the broker, in an answer older than the record',
  behind: 'the broker reports less than the record proves; the record stands',
  contradicting: 'the broker reports other fills than the record has; the record stands',
};

/** Flags that stem from the report itself. An older report raises none and clears none. */
function reportFlags(known: KnownOrder, reported: ReportedOrder, standing: Standing): readonly OrderFlag[] {
  if (standing === 'older') return known.state.flags.filter((flag) => REPORT_FLAGS.has(flag));
  const flags: OrderFlag[] = [];
  if (hasUnknownExecutionType(reported)) flags.push('UNKNOWN_EXECUTION_TYPE');
  if (standing === 'behind') flags.push('REPORT_BEHIND_RECORD');
  if (standing === 'contradicting') flags.push('FILLS_CONTRADICT_RECORD');
  return flags;
}

const REPORT_FLAGS: ReadonlySet<OrderFlag> = new Set([
  'UNKNOWN_EXECUTION_TYPE',
  'REPORT_BEHIND_RECORD',
  'FILLS_CONTRADICT_RECORD',
]);

function nextState(
  known: KnownOrder,
  facts: OrderFacts,
  fills: readonly RecordedFill[],
  extraFlags: readonly OrderFlag[],
  now: Instant,
): OrderState {
  const { status, outcome, filledQuantity, sum, averagePrice, priceCents, netPrice, flags } = concludeOrder(
    facts,
    fills,
  );
  return {
    status,
    outcome,
    filledQuantity,
    sum,
    averagePrice,
    priceCents,
    netPrice,
    flags: orderedFlags([...flags, ...extraFlags]),
    closedAt: status === 'PENDING' ? null : closingTime(known, facts, fills, now),
  };
}

/** The broker's closing time; else its last fill; else the first time that we saw it ended. */
function closingTime(known: KnownOrder, facts: OrderFacts, fills: readonly RecordedFill[], now: Instant): Instant {
  const lastFill = fills.reduce<Instant | null>((last, fill) => later(last, fill.occurredAt), null);
  return facts.closeTime ?? lastFill ?? known.state.closedAt ?? now;
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** Decimals turn into their text here, so equal values are equal texts. */
function sameDetails(before: KnownOrder, after: KnownOrder): boolean {
  return JSON.stringify(before.facts) === JSON.stringify(after.facts);
}
