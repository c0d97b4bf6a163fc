/** Terminal is not final: orders that end are noted for further looks, and those that were looked at for the next. */
import type { DueRecheck, OrderCommit, RecheckCommit, StoredOrder } from '@fill-tracker/db';
import { HOUR, type Instant, type MarketCalendar, MINUTE, nextRecheckAt } from '@fill-tracker/domain';

/** What these changes mean for further looks: an order that ends gets its first, one that reopens needs none. */
export function rechecksOfChanges(
  pending: readonly StoredOrder[],
  commits: readonly OrderCommit[],
  calendar: MarketCalendar,
  now: Instant,
): readonly RecheckCommit[] {
  const wasPending = new Set(pending.map(({ id }) => id));
  return commits.flatMap(({ id, accountId, reconciliation: { order, isChanged } }) => {
    const isOpen = order.state.status === 'PENDING';
    const wasOpen = id === null || wasPending.has(id);
    if (!isChanged || isOpen === wasOpen) return [];
    const name = { accountId, brokerOrderId: order.brokerOrderId };
    return [{ ...name, settledAt: now, dueAt: isOpen ? null : nextRecheckAt(now, now, calendar) }];
  });
}

/** Ended orders that were due for another look, and what came of it. */
export interface DueLooks {
  readonly due: readonly Pick<DueRecheck, 'order' | 'settledAt'>[];
  /** Those that the broker said something of. */
  readonly looked: readonly StoredOrder[];
  /** Those that it was asked about in vain. */
  readonly failed: readonly StoredOrder[];
}

/** Others wait for their look too: one that fails has its next turn much later, and not for ever. */
const RETRY_MS = 15 * MINUTE;
const GIVE_UP_AFTER_MS = 72 * HOUR;
/** A broker that takes back an end is watched until it says something that holds. */
const BEHIND_EVERY_MS = HOUR;

/**
 * When to look again at orders that were due for a look.
 *
 * @param commits what the looks led to
 */
export function rechecksAfterLook(
  { due, looked, failed }: DueLooks,
  commits: readonly OrderCommit[],
  calendar: MarketCalendar,
  now: Instant,
): readonly RecheckCommit[] {
  const after = new Map(commits.map(({ id, reconciliation }) => [id, reconciliation.order]));
  return due.flatMap(({ order, settledAt }) => {
    if (failed.includes(order)) {
      return [{ orderId: order.id, settledAt, dueAt: now - settledAt > GIVE_UP_AFTER_MS ? null : now + RETRY_MS }];
    }
    if (!looked.includes(order)) return [];
    const { flags } = (after.get(order.id) ?? order.known).state;
    const behindAt = flags.includes('REPORT_BEHIND_RECORD') ? now + BEHIND_EVERY_MS : null;
    const next = nextRecheckAt(settledAt, now, calendar);
    return [{ orderId: order.id, settledAt, dueAt: next === null ? behindAt : Math.min(next, behindAt ?? next) }];
  });
}
