import type { CommitNotes, CommandOutcome, CycleRecord, OrderCommit, PollCycleResult } from '@fill-tracker/db';
import type { Poller } from '../poller.ts';
import { orderKey } from './order-report.ts';

export interface Recording extends CommitNotes {
  readonly fencing: number;
  /** Null for what is recorded between cycles, on a command. */
  readonly cycle: CycleRecord | null;
  readonly orders: readonly OrderCommit[];
  readonly commands: readonly CommandOutcome[];
  /** Of a good look, up to when it saw everything. */
  readonly lastLookAt?: number | null;
}

/** Commits, then tells: an event is only ever about something that is in the record. */
export async function recordOrders(poller: Poller, recording: Recording): Promise<PollCycleResult> {
  const committedAt = poller.clock.now();
  const orders = recording.orders.filter(({ reconciliation }) => reconciliation.isChanged);
  const { notifiesFills } = poller;
  const result = await poller.unwrittenCycles
    .handOver((quiet) => poller.db.commitPollCycle({ ...recording, quiet, orders, committedAt, notifiesFills }))
    // Also when it failed: nobody knows how far it came.
    .finally(() => {
      if (orders.length > 0) poller.pending.forget();
    });
  const blindSpot = poller.blindWatch.current();
  const idOf = new Map(
    result.orders.map(({ accountId, brokerOrderId, id }) => [orderKey(accountId, brokerOrderId), id]),
  );
  for (const { id: formerId, accountId, reconciliation } of orders) {
    const { order, newFills, discrepancies } = reconciliation;
    const orderId = idOf.get(orderKey(accountId, order.brokerOrderId));
    if (orderId === undefined) continue;
    if (formerId === null) {
      poller.events.orderAdded({ orderId, brokerOrderId: order.brokerOrderId, source: order.source });
    }
    if (reconciliation.audit.length > 0) {
      poller.events.orderChanged({ orderId, order, newFills, discrepancies, committedAt, blindSpot });
    }
  }
  for (const refusal of result.refused) poller.events.orderRefused(refusal);
  for (const refusal of result.refusedNotes) poller.events.noteRefused(refusal);
  return result;
}
