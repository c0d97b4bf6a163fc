import { type AuditValues, type Instant, replayAudit } from '@fill-tracker/domain';
import type { OrderDetail } from '../orders.ts';
import type { StoredAuditEntry } from '../rows/audit-rows.ts';
import { instantText } from '../rows/instant-text.ts';
import { wordOf, type Words } from '../rows/words.ts';

/**
 * One order as it was known at an instant.
 *
 * @param trail what had been recorded of it by then, oldest first
 */
export function presentOrderAsKnown(detail: OrderDetail, at: Instant, trail: readonly StoredAuditEntry[]) {
  const { id, account, known, audit } = detail;
  return {
    id,
    account: { id: account.id, maskedNumber: account.maskedNumber },
    brokerOrderId: known.brokerOrderId === '' ? null : known.brokerOrderId,
    asKnownAt: instantText(at),
    recordedSince: instantText(audit[0]?.recordedAt ?? known.firstSeenAt),
    known: trail.length === 0 ? null : knownThen(trail),
  };
}

function knownThen(trail: readonly StoredAuditEntry[]) {
  const order = replayAudit(trail);
  return {
    ...order,
    status: wordOf(STATUSES, order.status),
    flags: [...order.flags],
    fills: order.fills.map(presentFill),
  };
}

/** As the trail has it; trails from before versions were written know the first version alone. */
function presentFill(fill: AuditValues) {
  const text = (name: string): string => String(fill[name] ?? '');
  return {
    key: text('key'),
    version: Number(fill['version'] ?? 1),
    legId: text('legId'),
    price: text('price'),
    quantity: text('quantity'),
    occurredAt: fill['occurredAt'] === null || fill['occurredAt'] === undefined ? null : text('occurredAt'),
  };
}

const STATUSES: Words<'PENDING' | 'COMPLETED' | 'FAILED'> = { PENDING: true, COMPLETED: true, FAILED: true };
