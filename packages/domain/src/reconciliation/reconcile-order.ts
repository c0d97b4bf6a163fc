/**
 * Brings one order of the record to what a report says. The invariants, which the tests state as properties:
 *
 * - No fill is lost and none counted twice, whatever the order, repetition, truncation or loss of reports.
 * - Fills only grow. A report that shows fewer is stale or suspicious, never an erasure. Only what it calls corrected
 *   or busted, or what a person decides, takes a fill back; both versions stay.
 * - An older report (by the instant it was requested) adds fills that were missing and changes nothing else.
 * - The same report twice is the same as once.
 * - An order leaves PENDING only by the status rule, or by a person's word; its price comes from its fills alone.
 */
import { byTime } from '../execution/fill.ts';
import { mergeFills } from '../execution/merge-fills.ts';
import { eachOnce } from '../execution/repeated-activities.ts';
import { leastFilledQuantityOf } from '../execution/told-quantity.ts';
import type { Instant } from '../instant.ts';
import type { KnownOrder } from '../order/known-order.ts';
import type { OrderFlag } from '../order/order-flag.ts';
import type { ReportedOrder } from '../order/reported-order.ts';
import { amendRecord } from './amend-record.ts';
import { compareReport, isOlderReport, type Standing } from './compare-report.ts';
import { mergeFacts } from './merge-facts.ts';
import { changeOf, type Reconciliation } from './reconciliation.ts';
import { stateAfter, type Unsettled } from './state-after.ts';

/**
 * Reconciles one order with one report of it.
 *
 * @param requestedAt when the report was asked for: the version of what it says
 * @param now when it was seen: `observedAt` of its fills
 */
export function reconcileOrder(
  known: KnownOrder,
  report: ReportedOrder,
  requestedAt: Instant,
  now: Instant,
): Reconciliation {
  const reported = readBeside(known, report);
  const amended = amendRecord(known, reported, isOlderReport(known, requestedAt), now);
  const counting = { ...known, fills: amended.fills };
  const { standing, match, added, keptFacts } = compareReport(counting, reported, amended.told, requestedAt);
  const withdrawn = [...known.withdrawn, ...amended.withdrawn].sort(byTime);
  const withdrawnKeys = withdrawn.map(({ key }) => key);
  const merged = mergeFills(match, { added, withdrawnKeys, formers: amended.formers }, now);
  const after: Unsettled = {
    ...known,
    facts: keptFacts ?? mergeFacts(known.facts, reported),
    reportedAt: keptFacts === null ? requestedAt : known.reportedAt,
    fills: merged.fills,
    withdrawn,
    absence: null,
  };
  const extraFlags = reportFlags(known, standing, amended.hasUnknown);
  const order = { ...after, ...stateAfter(known.state, after, extraFlags, now) };
  return changeOf(known, order, REASONS[standing], {
    newFills: [...amended.neverCounted, ...merged.newFills],
    identifiedFills: merged.identifiedFills,
    withdrawnFills: amended.withdrawn,
  });
}

/** The report with the legs that it leaves out, each activity once, and what all of them come to. */
function readBeside(known: KnownOrder, report: ReportedOrder): ReportedOrder {
  const { legs } = mergeFacts(known.facts, report);
  const whole = { ...report, legs, activities: eachOnce(report.activities) };
  return { ...whole, leastFilledQuantity: leastFilledQuantityOf(whole) };
}

const REASONS: Readonly<Record<Standing, string>> = {
  current: 'reported by the broker',
  older: 'reported by the broker, in an answer older than the record',
  behind: 'the broker reports less than the record proves; the record stands',
  contradicting: 'the broker reports other fills than the record has; the record stands',
};

/** Flags that stem from the report itself. An older report raises none and clears none. */
function reportFlags({ state }: KnownOrder, standing: Standing, hasUnknown: boolean): readonly OrderFlag[] {
  if (standing === 'older') return state.flags.filter((flag) => REPORT_FLAGS.has(flag));
  const flags: OrderFlag[] = [];
  if (hasUnknown) flags.push('UNKNOWN_EXECUTION_TYPE');
  if (standing === 'behind') flags.push('REPORT_BEHIND_RECORD');
  if (standing === 'contradicting') flags.push('FILLS_CONTRADICT_RECORD');
  return flags;
}

const REPORT_FLAGS: ReadonlySet<OrderFlag> = new Set([
  'REPORT_UNREADABLE',
  'UNKNOWN_EXECUTION_TYPE',
  'REPORT_BEHIND_RECORD',
  'FILLS_CONTRADICT_RECORD',
]);
