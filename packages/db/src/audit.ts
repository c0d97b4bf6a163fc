import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { instantText } from './rows/instant-text.ts';
import { auditFromRow, type StoredAuditEntry } from './rows/audit-rows.ts';

export interface AuditQuery {
  readonly orderId?: number;
  /** Entries after this one: how a reader resumes. */
  readonly afterSeq?: number;
  readonly limit: number;
}

/** Audit entries, oldest first. */
export async function listAudit(db: Queries, query: AuditQuery): Promise<StoredAuditEntry[]> {
  const rows = await db.auditEntry.findMany({
    where: {
      seq: { gt: query.afterSeq ?? 0 },
      ...(query.orderId === undefined ? {} : { orderId: query.orderId }),
    },
    orderBy: { seq: 'asc' },
    take: query.limit,
  });
  return rows.map(auditFromRow);
}

/** The trail of one order as it was at an instant, oldest first: all of it that was recorded until then. */
export async function auditOfOrderUntil(db: Queries, orderId: number, at: Instant): Promise<StoredAuditEntry[]> {
  const rows = await db.auditEntry.findMany({
    where: { orderId, recordedAt: { lte: instantText(at) } },
    orderBy: { seq: 'asc' },
  });
  return rows.map(auditFromRow);
}

/** The number of the newest entry; 0 when there is none. */
export async function lastAuditSeq(db: Queries): Promise<number> {
  const last = await db.auditEntry.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
  return last?.seq ?? 0;
}
