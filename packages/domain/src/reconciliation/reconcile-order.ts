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
import { type Fill, fillsOf, hasUnknownExecutionType, type RecordedFill } from '../execution/fill.ts';
import { filledQuantityOf, weighFills } from '../execution/fill-evidence.ts';
import { summariseLegs } from '../execution/leg-summary.ts';
import { matchFills, type FillMatch } from '../execution/match-fills.ts';
import { mergeFills } from '../execution/merge-fills.ts';
import type { Instant } from '../instant.ts';
import { isTerminalBrokerStatus } from '../order/broker-status.ts';
import type { KnownOrder, OrderState } from '../order/known-order.ts';
import { type OrderFlag, orderedFlags } from '../order/order-flag.ts';
import type { OrderFacts, OrderLeg, ReportedOrder } from '../order/reported-order.ts';
import { concludeOrder } from './conclude-order.ts';
import { type Discrepancy, newDiscrepancies } from './discrepancy.ts';

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

/** How a report stands to the record. */
type Standing =
  /** As new as the record, or newer. */
  | 'current'
  /** Requested before the report that the record rests on. */
  | 'older'
  /** Requested later, and yet it takes back what is proved. */
  | 'behind'
  /** It has other fills than the record in place of recorded ones. */
  | 'contradicting';

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
  const isOlder = known.reportedAt !== null && requestedAt < known.reportedAt;
  const isComplete = isProved(reported, fillsOf(reported));
  // The newer side, when complete, has every fill of the older: what is left after a fill need not tell twins apart.
  const trustRemaining = isOlder ? !isProved(known.facts, known.fills) : !isComplete;
  const match = matchFills(known.fills, fillsOf(reported), { trustRemaining });
  const isTakingBack = takesBack(known, reported, match, isComplete);
  const standing = isOlder ? 'older' : standingOf(match, isComplete, isTakingBack);
  const { fills, newFills, identifiedFills } = mergeFills(match, fillsToAdd(match, standing), now);
  const keepsFacts = known.facts !== null && (isOlder || isTakingBack);
  const facts = keepsFacts && known.facts !== null ? known.facts : mergeFacts(known.facts, reported);
  const after: KnownOrder = {
    ...known,
    facts,
    reportedAt: keepsFacts ? known.reportedAt : requestedAt,
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

function standingOf(match: FillMatch, isComplete: boolean, isTakingBack: boolean): Standing {
  const isReplacing = isComplete && match.unreported.length > 0 && match.unrecorded.length > 0;
  if (isReplacing || match.unrecorded.some((fill) => isRetold(fill, match))) return 'contradicting';
  return isTakingBack ? 'behind' : 'current';
}

/** Fills that stand in for recorded ones are never added to them: the same shares would count twice. */
function fillsToAdd(match: FillMatch, standing: Standing): readonly Fill[] {
  return standing === 'contradicting' ? [] : match.unrecorded.filter((fill) => !isRetold(fill, match));
}

/** True when the report tells an activity otherwise than recorded: a correction in all but name. */
function isRetold(fill: Fill, { unreported }: FillMatch): boolean {
  if (fill.activityId === null) return false;
  return unreported.some((known) => known.activityId === fill.activityId && known.legId === fill.legId);
}

/** True when it is said how much filled, and the fills add up to that: none is missing. */
function isProved(facts: OrderFacts | null, fills: readonly Fill[]): boolean {
  if (facts === null || facts.filledQuantity === null) return false;
  const evidence = weighFills(facts, summariseLegs(facts, fills));
  return evidence !== 'unpriced' && evidence !== 'unsummed';
}

/** True when the report says less than the record proves. */
function takesBack(known: KnownOrder, reported: ReportedOrder, match: FillMatch, isComplete: boolean): boolean {
  const lacksFills = isComplete && match.unreported.length > 0 && match.unrecorded.length === 0;
  return lacksFills || takesBackTheEnd(known, reported) || takesBackFills(known, reported);
}

/** An order that ended, with proof, does not come back to life. */
function takesBackTheEnd(known: KnownOrder, reported: ReportedOrder): boolean {
  return known.state.status !== 'PENDING' && !isTerminalBrokerStatus(reported.brokerStatus);
}

/** Less is said to have filled than the recorded fills prove. */
function takesBackFills(known: KnownOrder, reported: ReportedOrder): boolean {
  if (reported.filledQuantity === null || known.facts === null || known.fills.length === 0) return false;
  const proved = filledQuantityOf(
    { ...known.facts, filledQuantity: null, brokerStatus: 'WORKING' },
    summariseLegs(known.facts, known.fills),
  );
  return reported.filledQuantity.lt(proved);
}

/**
 * The newer report wins; what it does not say, it does not take back. Only the filled quantity and the closing time
 * are its own: they belong to that answer's fills and status, and an old one beside new fills would be wrong.
 */
function mergeFacts(known: OrderFacts | null, reported: ReportedOrder): OrderFacts {
  return {
    brokerOrderId: reported.brokerOrderId,
    brokerStatus: reported.brokerStatus,
    statusDescription: reported.statusDescription ?? known?.statusDescription ?? null,
    orderType: reported.orderType ?? known?.orderType ?? null,
    orderSession: reported.orderSession ?? known?.orderSession ?? null,
    duration: reported.duration ?? known?.duration ?? null,
    quantity: reported.quantity ?? known?.quantity ?? null,
    filledQuantity: reported.filledQuantity,
    limitPrice: reported.limitPrice ?? known?.limitPrice ?? null,
    stopPrice: reported.stopPrice ?? known?.stopPrice ?? null,
    enteredAt: reported.enteredAt ?? known?.enteredAt ?? null,
    closeTime: reported.closeTime,
    legs: reported.legs.length > 0 ? byLegId(reported.legs) : (known?.legs ?? []),
  };
}

/** In one order, whatever the broker's: else the same legs told the other way round would look like a change. */
function byLegId(legs: readonly OrderLeg[]): readonly OrderLeg[] {
  return legs.toSorted((a, b) => a.legId.localeCompare(b.legId, 'en', { numeric: true }));
}

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
  return before.state.closedAt === after.state.closedAt && JSON.stringify(before.facts) === JSON.stringify(after.facts);
}
