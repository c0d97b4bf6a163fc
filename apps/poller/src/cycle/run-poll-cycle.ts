/**
 * One poll cycle: read the clock, the known orders and the broker's report; reconcile; write the result in one
 * transaction. What failed is said in the summary; only a lost lease or a broken database throws.
 */
import type { StoredOrder } from '@fill-tracker/db';
import type { Instant } from '@fill-tracker/domain';
import type { CycleRecord } from '@fill-tracker/db';
import type { Poller } from '../poller.ts';
import { lookAtBroker, type LookOptions, type Sight } from './look-at-broker.ts';
import { orderKey, type OrderReport } from './order-report.ts';
import { reconcileSight, type ReportCommit } from './reconcile-sight.ts';
import { recordOrders } from './record-orders.ts';

export interface CycleOptions extends LookOptions {
  readonly fencing: number;
}

export interface CycleResult {
  readonly summary: CycleRecord;
  /** When each order that is pending now was entered, or else met: the next poll depends on it. */
  readonly pendingSince: readonly Instant[];
}

/** Runs one cycle and says how it went. */
export async function runPollCycle(poller: Poller, options: CycleOptions): Promise<CycleResult> {
  const startedAt = poller.clock.now();
  const before = poller.requestsMade();
  const pending = await poller.db.loadPendingOrders();
  const sight = await lookAtBroker(poller, pending, options, startedAt);
  const { commits, ignored } = await reconcileSight(poller, pending, sight);
  const summary: CycleRecord = {
    ...sight.tally,
    outcome: outcomeOf(sight),
    listed: sight.listing?.reports.length ?? 0,
    changed: commits.filter(({ commit }) => commit.reconciliation.isChanged).length,
    requests: poller.requestsMade() - before,
    errorKind: sight.failures[0] ?? null,
    note: sight.listing?.isCutOff === true ? 'the list is full: what is missing from it may be cut off' : null,
    startedAt,
    finishedAt: poller.clock.now(),
  };
  const orders = commits.map(({ commit }) => commit);
  await recordOrders(poller, { fencing: options.fencing, cycle: summary, orders, commands: [] });
  rememberSight(poller, sight, [...ignored, ...commits.flatMap(({ report }) => report ?? [])]);
  return { summary, pendingSince: pendingSince(pending, commits) };
}

/** Only now, after the commit: what was not written must be looked at again. */
function rememberSight(poller: Poller, { listing }: Sight, settled: readonly OrderReport[]): void {
  if (listing !== null && listing.shown !== null) poller.seen.retain(listing.shown);
  for (const { accountId, order, hash } of settled) poller.seen.mark(accountId, order.brokerOrderId, hash);
}

function pendingSince(pending: readonly StoredOrder[], commits: readonly ReportCommit[]): readonly Instant[] {
  const now = new Map(pending.map(({ accountId, known }) => [orderKey(accountId, known.brokerOrderId), known]));
  for (const { commit } of commits) {
    const { order } = commit.reconciliation;
    now.set(orderKey(commit.accountId, order.brokerOrderId), order);
  }
  return [...now.values()]
    .filter(({ state }) => state.status === 'PENDING')
    .map(({ facts, firstSeenAt }) => facts?.enteredAt ?? firstSeenAt);
}

/** A cycle whose list came has not failed, even if the one order that was asked for by id did: new orders were seen. */
function outcomeOf({ listing, failures, tally }: Sight): CycleRecord['outcome'] {
  if (listing?.failure === null) return failures.length === 0 ? 'complete' : 'partial';
  return tally.examined === 0 ? 'failed' : 'partial';
}
