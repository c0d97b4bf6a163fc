/** Terminal is not final: orders that end are noted for further looks, and those that were looked at for the next. */
import type { OrderCommit, PollCycleCommit, StoredOrder } from '@fill-tracker/db';
import { type Instant, type MarketCalendar, nextRecheckAt } from '@fill-tracker/domain';

export type Recheck = NonNullable<PollCycleCommit['rechecks']>[number];

/** An ended order that is due for another look, and when it settled. */
export interface DueOrder {
  readonly order: StoredOrder;
  readonly settledAt: Instant;
}

/** What these changes mean for further looks: an order that ends gets its first, one that reopens needs none. */
export function rechecksOfChanges(
  pending: readonly StoredOrder[],
  commits: readonly OrderCommit[],
  calendar: MarketCalendar,
  now: Instant,
): readonly Recheck[] {
  const wasPending = new Set(pending.map(({ id }) => id));
  return commits.flatMap(({ id, accountId, reconciliation: { order, isChanged } }) => {
    const isOpen = order.state.status === 'PENDING';
    const wasOpen = id === null || wasPending.has(id);
    if (!isChanged || isOpen === wasOpen) return [];
    const name = { accountId, brokerOrderId: order.brokerOrderId };
    return [{ ...name, settledAt: now, dueAt: isOpen ? null : nextRecheckAt(now, now, calendar) }];
  });
}

/** When to look again at orders that were just looked at once more. */
export function rechecksAfterLook(
  looked: readonly DueOrder[],
  calendar: MarketCalendar,
  now: Instant,
): readonly Recheck[] {
  return looked.map(({ order, settledAt }) => ({
    orderId: order.id,
    settledAt,
    dueAt: nextRecheckAt(settledAt, now, calendar),
  }));
}
