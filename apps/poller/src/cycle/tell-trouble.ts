import type { StoredOrder } from '@fill-tracker/db';
import { type Instant, isNearingWindowLimit } from '@fill-tracker/domain';
import type { SchwabError } from '@fill-tracker/schwab-client';
import type { BrokerCallFailed } from '../events.ts';
import type { Poller } from '../poller.ts';
import type { ReadReports } from './order-report.ts';
import { hashOf } from './seen-reports.ts';

/** The facts of a failed call. */
export function describeFailure(
  error: SchwabError,
): Omit<BrokerCallFailed, 'operation' | 'kind'> & { kind: SchwabError['kind'] } {
  return { kind: error.kind, message: error.message, correlationId: error.correlationId };
}

/** Tells of an order that cannot be read, once for as long as it stays the same. */
export function tellUnreadable(poller: Poller, brokerOrderId: string | null, problem: string, text: string): void {
  const hash = hashOf(text);
  if (isNew(poller, brokerOrderId ?? hash, hash)) poller.events.orderUnreadable({ brokerOrderId, problem });
}

/** Tells of what is wrong in one reported tree, each once for as long as it stays the same. */
export function tellProblems(poller: Poller, { unreadable, doubts }: Omit<ReadReports, 'reports'>): void {
  for (const { brokerOrderId, problem } of unreadable) tellUnreadable(poller, brokerOrderId, problem, problem);
  for (const { brokerOrderId, problem } of doubts) {
    if (isNew(poller, `values of ${brokerOrderId}`, hashOf(problem))) {
      poller.events.valueUnreadable({ brokerOrderId, problem });
    }
  }
}

function isNew({ toldUnreadable }: Poller, name: string, hash: string): boolean {
  if (toldUnreadable.isUnchanged('', name, hash)) return false;
  toldUnreadable.mark('', name, hash);
  return true;
}

/** Tells of orders that the broker's list will soon not reach back to, once each. They are still asked for by id. */
export function tellOldOrders(poller: Poller, pending: readonly StoredOrder[], now: Instant): void {
  for (const { accountId, known } of pending) {
    const enteredAt = known.facts?.enteredAt ?? null;
    if (enteredAt === null || !isNearingWindowLimit(enteredAt, now)) continue;
    if (poller.toldUnreadable.isUnchanged(accountId, known.brokerOrderId, 'old')) continue;
    poller.toldUnreadable.mark(accountId, known.brokerOrderId, 'old');
    poller.events.orderNearsWindowLimit({ brokerOrderId: known.brokerOrderId, enteredAt });
  }
}
