import { z } from 'zod';
import { fullAuditEntry } from './orders.ts';
import { pageOf, pageQuery } from './page.ts';
import { wholeNumberText } from './values.ts';

/** A line of the audit trail of all orders: also the event feed, where `seq` is the event's id. */
export const auditRecord = fullAuditEntry.extend({
  orderId: z.number().int(),
  brokerOrderId: z.string().nullable(),
  symbol: z.string().nullable(),
});
export type AuditRecord = z.infer<typeof auditRecord>;

/** `GET /api/audit`, newest first. */
export const auditPage = pageOf(auditRecord);
export type AuditPage = z.infer<typeof auditPage>;

export const auditQuery = z.strictObject({
  ...pageQuery,
  orderId: wholeNumberText(1, Number.MAX_SAFE_INTEGER).optional(),
});
export type AuditQueryInput = z.input<typeof auditQuery>;
