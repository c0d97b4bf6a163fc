import type { StoredOrder } from '@fill-tracker/db';
import { SECOND } from '@fill-tracker/domain';
import type { PolledAccount } from '../cycle/account-directory.ts';
import { askById, endsRound } from '../cycle/ask-by-id.ts';
import type { OrderReport } from '../cycle/order-report.ts';
import { reconcileSight } from '../cycle/reconcile-sight.ts';
import { recordOrders } from '../cycle/record-orders.ts';
import type { Poller } from '../poller.ts';

/** What came of asking the broker about imported orders. */
export interface Backfilled {
  readonly backfilled: number;
  /** The broker does not know them, or not any more: they stay as they are. */
  readonly unreachable: readonly StoredOrder[];
  readonly failed: readonly FailedBackfill[];
  /** Not asked about. */
  readonly left: number;
  /** Why it ended early; null when every order was asked about. */
  readonly stoppedBy: string | null;
}

interface FailedBackfill {
  readonly order: StoredOrder;
  readonly problem: string;
}

export interface BackfillRun {
  readonly fencing: number;
  /** Ends it between two orders; what was recorded stays. */
  readonly signal: AbortSignal;
  /** Told how many orders have been asked about. */
  readonly progress: (done: number) => void;
}

/** The client waits out what the broker asks it to; a backfill has the time. */
const ASK_WITHIN_MS = 150 * SECOND;

/**
 * Asks for each order by its id and records what the broker says, an order at a time: interrupted anywhere, the record
 * has each of them either as it was or as the broker tells it.
 *
 * @throws {StaleLeaseError} when the lease is lost.
 */
export async function backfillOrders(
  poller: Poller,
  accounts: readonly PolledAccount[],
  orders: readonly StoredOrder[],
  run: BackfillRun,
): Promise<Backfilled> {
  const unreachable: StoredOrder[] = [];
  const failed: FailedBackfill[] = [];
  let backfilled = 0;
  const outcome = (done: number, stoppedBy: string | null): Backfilled => {
    return { backfilled, unreachable, failed, left: orders.length - done, stoppedBy };
  };
  for (const [done, order] of orders.entries()) {
    const answer = await backfillOne(poller, accounts, order, run);
    if (answer === 'stopped') return outcome(done, 'told to stop');
    if (answer === 'backfilled') backfilled += 1;
    else if (answer === 'unreachable') unreachable.push(order);
    else if (answer.endsAll) return outcome(done, answer.problem);
    else failed.push({ order, problem: answer.problem });
    run.progress(done + 1);
  }
  return outcome(orders.length, null);
}

type Fate = 'backfilled' | 'unreachable' | 'stopped' | { readonly problem: string; readonly endsAll: boolean };

async function backfillOne(
  poller: Poller,
  accounts: readonly PolledAccount[],
  order: StoredOrder,
  { signal, fencing }: BackfillRun,
): Promise<Fate> {
  if (signal.aborted) return 'stopped';
  try {
    const answer = await askById(poller, accounts, order, { lane: 'rest', signal, limitMs: ASK_WITHIN_MS });
    if (answer.outcome === 'not-found' || answer.outcome === 'no-order') return 'unreachable';
    if (answer.outcome === 'reported') return await recordReports(poller, order, answer.reports, fencing);
    return { problem: `${answer.kind}: ${answer.message}`, endsAll: endsRound(answer.kind) };
  } catch (error) {
    if (signal.aborted && error === signal.reason) return 'stopped';
    throw error;
  }
}

async function recordReports(
  poller: Poller,
  order: StoredOrder,
  reports: readonly OrderReport[],
  fencing: number,
): Promise<Fate> {
  const { commits: orders } = await reconcileSight(poller, [order], { reports, absent: [] });
  const { refused } = await recordOrders(poller, { fencing, cycle: null, orders, commands: [] });
  const own = refused.find(({ brokerOrderId }) => brokerOrderId === order.known.brokerOrderId);
  if (own !== undefined) return { problem: `the record refuses it: ${own.problem}`, endsAll: false };
  if (orders.some(({ id }) => id === order.id)) return 'backfilled';
  return { problem: 'the answer cannot be reconciled with the record', endsAll: false };
}
