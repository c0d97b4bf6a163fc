import type { Queries } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import { auditFromRow, type StoredAuditEntry } from './rows/audit-rows.ts';

/** An audit entry with what people call its order. */
export interface AuditRecord extends StoredAuditEntry {
  readonly brokerOrderId: string | null;
  readonly symbol: string | null;
}

export interface AuditPageQuery {
  readonly orderId?: number;
  /** Entries before this one, so with smaller numbers. */
  readonly beforeSeq?: number;
  readonly limit: number;
}

const WITH_ORDER = { order: { select: { brokerOrderId: true, symbol: true } } } satisfies Prisma.AuditEntryInclude;

/** One page of the audit trail of all orders, newest first. */
export async function pageAudit(
  db: Queries,
  { orderId, beforeSeq, limit }: AuditPageQuery,
): Promise<readonly AuditRecord[]> {
  const rows = await db.auditEntry.findMany({
    where: { ...(orderId !== undefined && { orderId }), ...(beforeSeq !== undefined && { seq: { lt: beforeSeq } }) },
    include: WITH_ORDER,
    orderBy: { seq: 'desc' },
    take: limit,
  });
  return rows.map(recordFromRow);
}

/**
 * What came after an entry, oldest first: how a reader follows the record. One writer at a time gives out the
 * numbers, so none appears later than a higher one.
 */
export async function auditAfter(db: Queries, afterSeq: number, limit: number): Promise<readonly AuditRecord[]> {
  const rows = await db.auditEntry.findMany({
    where: { seq: { gt: afterSeq } },
    include: WITH_ORDER,
    orderBy: { seq: 'asc' },
    take: limit,
  });
  return rows.map(recordFromRow);
}

function recordFromRow(row: Prisma.AuditEntryGetPayload<{ include: typeof WITH_ORDER }>): AuditRecord {
  return { ...auditFromRow(row), brokerOrderId: row.order.brokerOrderId, symbol: row.order.symbol };
}
