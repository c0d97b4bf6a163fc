import { auditPage, auditQuery, type AuditRecord } from '@fill-tracker/contract';
import { type AuditRecord as StoredRecord, presentAuditEntry } from '@fill-tracker/db';
import type { App, Context } from '../../app.ts';
import { decodeIdCursor, encodeIdCursor } from '../../cursors.ts';

export function auditRoutes(app: App, { record }: Context): void {
  app.get(
    '/api/audit',
    { schema: { summary: 'What changed, newest first', querystring: auditQuery, response: { 200: auditPage } } },
    async ({ query: { limit, cursor, orderId } }) => {
      const beforeSeq = decodeIdCursor('audit', cursor);
      const entries = await record().pageAudit({
        limit: limit + 1,
        ...(orderId !== undefined && { orderId }),
        ...(beforeSeq !== undefined && { beforeSeq }),
      });
      const page = entries.slice(0, limit);
      const last = page.at(-1);
      const hasMore = entries.length > limit && last !== undefined;
      return { items: page.map(presentAuditRecord), nextCursor: hasMore ? encodeIdCursor('audit', last.seq) : null };
    },
  );
}

/** A line of the audit trail of all orders; the event stream sends the same. */
export function presentAuditRecord(entry: StoredRecord): AuditRecord {
  const { orderId, brokerOrderId, symbol } = entry;
  return { ...presentAuditEntry(entry), orderId, brokerOrderId, symbol };
}
