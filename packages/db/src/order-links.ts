import type { Instant } from '@fill-tracker/domain';
import { upsertRows } from './bulk-write.ts';
import type { Queries } from './connection.ts';
import type { OrderLinkModel } from './generated/models.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';

/** What a person says of an order: whose place it took, or that it took nobody's. */
export interface OrderLink {
  readonly orderId: number;
  /** Null: it is not a replacement. */
  readonly replacesOrderId: number | null;
  readonly reason: string;
  /** Who said so. */
  readonly by: string;
  readonly at: Instant;
}

/** Keeps what people say; a later word on the same order takes the place of the earlier one. */
export async function writeOrderLinks(transaction: Queries, links: readonly OrderLink[]): Promise<void> {
  const rows = links.map(
    ({ orderId, replacesOrderId, reason, by, at }) =>
      ({ orderId, replacesOrderId, reason, decidedBy: by, decidedAt: instantText(at) }) satisfies OrderLinkModel,
  );
  await upsertRows(transaction, 'order_links', rows, { keys: ['orderId'] });
}

/** What people said of the orders of an account, oldest first. */
export async function loadOrderLinks(db: Queries, accountId: string): Promise<readonly OrderLink[]> {
  const rows = await db.orderLink.findMany({
    where: { order: { accountId } },
    orderBy: [{ decidedAt: 'asc' }, { orderId: 'asc' }],
  });
  return rows.map(linkFromRow);
}

function linkFromRow({ orderId, replacesOrderId, reason, decidedBy, decidedAt }: OrderLinkModel): OrderLink {
  return { orderId, replacesOrderId, reason, by: decidedBy, at: instantFromText(decidedAt) };
}
