import type { OrderCommit, StoredOrder } from '@fill-tracker/db';
import {
  type Instant,
  type KnownOrder,
  newlyKnownOrder,
  reconcileAbsence,
  type Reconciliation,
  reconcileOrder,
  reconcileUnreadable,
} from '@fill-tracker/domain';
import { redactOddOrderText, redactOrderText } from '@fill-tracker/schwab-client';
import { type AnswerOf, orderKey, type OrderReport, type UnreadableReport } from './order-report.ts';

/** The newest report of each order. An older one of the same cycle waits for its next appearance. */
export function newestOfEach(reports: readonly OrderReport[]): readonly OrderReport[] {
  const newest = new Map<string, OrderReport>();
  for (const report of reports) {
    const key = orderKey(report.accountId, report.order.brokerOrderId);
    const other = newest.get(key);
    if (other === undefined || report.requestedAt >= other.requestedAt) newest.set(key, report);
  }
  return [...newest.values()];
}

/** What a report does to an order of the record, or to one that it discovers. */
export function commitOfReport(stored: StoredOrder | null, report: OrderReport, now: Instant): OrderCommit {
  const known =
    stored === null
      ? newlyKnownOrder(report.order.brokerOrderId, 'DISCOVERED', now)
      : withVersionOfThePast(stored.known, now);
  const reconciliation = reconcileOrder(known, report.order, report.requestedAt, now);
  return commitOf(stored, report, reconciliation, redactOrderText(report.text));
}

/** What a report that cannot be read does to an order of the record, or to one that it makes known. */
export function commitOfUnreadable(stored: StoredOrder | null, report: UnreadableReport, now: Instant): OrderCommit {
  const known = stored?.known ?? newlyKnownOrder(report.brokerOrderId, 'DISCOVERED', now);
  const reconciliation = reconcileUnreadable(known, report.problem, report.requestedAt);
  return commitOf(stored, report, reconciliation, redactOddOrderText(report.text));
}

function commitOf(
  stored: StoredOrder | null,
  { accountId, hash, requestedAt, correlationId }: Pick<UnreadableReport, keyof AnswerOf | 'hash'>,
  reconciliation: Reconciliation,
  body: string,
): OrderCommit {
  const evidence = { hash, body, requestedAt, correlationId };
  return { id: stored?.id ?? null, accountId, reconciliation, evidence, actor: 'poller' };
}

/**
 * The version of a report is when it was asked for. One that lies ahead was given by a clock that has been set back
 * since, and nobody knows how old it is: else every report would count as older until the clock is there again.
 */
function withVersionOfThePast(known: KnownOrder, now: Instant): KnownOrder {
  return known.reportedAt !== null && known.reportedAt > now ? { ...known, reportedAt: null } : known;
}

/** What a positive "not found" does to an order. */
export function commitOfAbsence(stored: StoredOrder, now: Instant): OrderCommit {
  const reconciliation = reconcileAbsence(stored.known, now);
  return { id: stored.id, accountId: stored.accountId, reconciliation, evidence: null, actor: 'poller' };
}

/** A new row that rests on nothing but the id that somebody gave. */
export function commitOfTracking(accountId: string, order: KnownOrder, actor: string): OrderCommit {
  const reconciliation: Reconciliation = {
    order,
    isChanged: true,
    newFills: [],
    identifiedFills: [],
    withdrawnFills: [],
    audit: [],
    discrepancies: [],
  };
  return { id: null, accountId, reconciliation, evidence: null, actor };
}
