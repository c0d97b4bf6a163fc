import type { Instant, LegSummary, OrderStatus } from '@fill-tracker/domain';
import { endedSpots, type EndedBlindSpot, loadBlindSpotsAcross } from './blind-spots.ts';
import type { Queries } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import type { EvidenceModel, FillModel } from './generated/models.ts';
import { auditFromRow, type StoredAuditEntry } from './rows/audit-rows.ts';
import { type StoredFill, storedFills, type StoredWithdrawnFill, storedWithdrawnFills } from './rows/fill-rows.ts';
import { instantFromText } from './rows/instant-text.ts';
import { legSummaryFromRow } from './rows/leg-rows.ts';
import { orderFromRow, type StoredOrder } from './rows/order-rows.ts';
import { type Verification, verificationFromRow } from './verifications.ts';

/** An order as people see it in a list. */
export interface OrderView extends StoredOrder {
  readonly account: { readonly id: string; readonly maskedNumber: string };
  /** When the record of it last changed. */
  readonly lastChangedAt: Instant;
  /**
   * When the record first, and last, took in a fill of it that counts; null without any. A corrected fill was taken
   * in with its first version.
   */
  readonly firstFillCommittedAt: Instant | null;
  readonly lastFillCommittedAt: Instant | null;
  /** What the account's transactions say of the fills that count; null until they were asked. */
  readonly verification: Verification | null;
}

/** What the broker said, redacted, at a time when it changed the order. */
export interface StoredEvidence {
  readonly hash: string;
  readonly body: string;
  readonly requestedAt: Instant;
  readonly correlationId: string | null;
}

/** An order with everything that is known of it. */
export interface OrderDetail extends OrderView {
  readonly legs: readonly LegSummary[];
  /** Those that count, in the order in which they were recorded. */
  readonly fills: readonly StoredFill[];
  /** Those that were taken back, in the order in which they were recorded. */
  readonly withdrawnFills: readonly StoredWithdrawnFill[];
  readonly audit: readonly StoredAuditEntry[];
  readonly evidence: readonly StoredEvidence[];
  /** The blind spots that may have kept fills of it out of sight. */
  readonly blindSpots: readonly EndedBlindSpot[];
}

export interface OrderQuery {
  readonly status?: OrderStatus;
  /** Only orders with a flag, whatever their status. */
  readonly attention?: boolean;
  readonly symbol?: string;
  readonly limit: number;
  /** Orders that come after this one in the list, so with smaller ids. */
  readonly afterId?: number;
}

export type OrderReference = { readonly id: number } | { readonly brokerOrderId: string };

export interface OrderCounts {
  readonly pending: number;
  readonly completed: number;
  readonly failed: number;
  /** Orders with any flag, whatever their status. */
  readonly attention: number;
}

const KNOWN_PARTS = {
  legs: { orderBy: { position: 'asc' } },
  fills: { orderBy: { id: 'asc' } },
} satisfies Prisma.OrderInclude;

const VIEW_PARTS = { ...KNOWN_PARTS, account: true, verification: true } satisfies Prisma.OrderInclude;

const DETAIL_PARTS = {
  ...VIEW_PARTS,
  audit: { orderBy: { seq: 'asc' } },
  evidence: { orderBy: { requestedAt: 'asc' } },
} satisfies Prisma.OrderInclude;

/**
 * Orders read at a time. Prisma fetches legs and fills by a list of the orders' ids, one bound value each, and SQLite
 * takes 32,766 in a statement.
 */
const CHUNK = 1_000;

/** Every order that may still change. Imported orders without a broker id are left out: nobody can be asked of them. */
export async function loadPendingOrders(db: Queries): Promise<StoredOrder[]> {
  const pending: StoredOrder[] = [];
  for (;;) {
    const rows = await db.order.findMany({
      where: { status: 'PENDING', brokerOrderId: { not: null }, id: { gt: pending.at(-1)?.id ?? 0 } },
      include: KNOWN_PARTS,
      orderBy: { id: 'asc' },
      take: CHUNK,
    });
    pending.push(...rows.map(orderFromRow));
    if (rows.length < CHUNK) return pending;
  }
}

/** The orders of one account that have these broker ids; ids that the record does not know are left out. */
export async function loadOrdersByBrokerIds(
  db: Queries,
  accountId: string,
  ids: readonly string[],
): Promise<StoredOrder[]> {
  const found: StoredOrder[] = [];
  for (let from = 0; from < ids.length; from += CHUNK) {
    const rows = await db.order.findMany({
      where: { accountId, brokerOrderId: { in: ids.slice(from, from + CHUNK) } },
      include: KNOWN_PARTS,
    });
    found.push(...rows.map(orderFromRow));
  }
  return found;
}

/** The orders with these ids, by id; at most a chunk's worth. */
export async function loadOrders(db: Queries, ids: readonly number[]): Promise<ReadonlyMap<number, StoredOrder>> {
  const rows = await db.order.findMany({ where: { id: { in: [...ids] } }, include: KNOWN_PARTS });
  return new Map(rows.map((row) => [row.id, orderFromRow(row)]));
}

/** Imported orders of an account whose price or end the broker has not confirmed, and can be asked for; by id. */
export async function loadToBackfill(db: Queries, accountId: string): Promise<StoredOrder[]> {
  const found = await db.$queryRaw<{ id: number }[]>`
    SELECT id FROM orders
    WHERE flags <> '' AND ' ' || flags || ' ' LIKE '% NOT_BACKFILLED %'
      AND account_id = ${accountId} AND source = 'IMPORTED' AND broker_order_id IS NOT NULL
    ORDER BY id`;
  const orders: StoredOrder[] = [];
  for (let from = 0; from < found.length; from += CHUNK) {
    const ids = found.slice(from, from + CHUNK).map(({ id }) => id);
    const loaded = await loadOrders(db, ids);
    orders.push(...ids.flatMap((id) => loaded.get(id) ?? []));
  }
  return orders;
}

/** One page of orders, newest first. */
export async function findOrders(db: Queries, query: OrderQuery): Promise<OrderView[]> {
  const found: OrderView[] = [];
  for (;;) {
    const before = found.at(-1)?.id ?? query.afterId;
    const take = Math.min(CHUNK, query.limit - found.length);
    const rows = await db.order.findMany({
      where: {
        ...(query.status === undefined ? {} : { status: query.status }),
        ...(query.attention === true ? { flags: { not: '' } } : {}),
        ...(query.symbol === undefined ? {} : { symbol: query.symbol }),
        ...(before === undefined ? {} : { id: { lt: before } }),
      },
      include: VIEW_PARTS,
      orderBy: { id: 'desc' },
      take,
    });
    found.push(...rows.map(viewFromRow));
    if (rows.length < CHUNK) return found;
  }
}

/** The orders with these ids, in that order; at most a chunk's worth of ids. */
export async function loadOrderViews(db: Queries, ids: readonly number[]): Promise<OrderView[]> {
  const rows = await db.order.findMany({ where: { id: { in: [...ids] } }, include: VIEW_PARTS });
  const views = new Map(rows.map((row) => [row.id, viewFromRow(row)]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

/** The order with that id, or all that have that broker id: accounts of different logins may share one. */
export async function findOrder(db: Queries, reference: OrderReference): Promise<OrderDetail[]> {
  const rows = await db.order.findMany({ where: reference, include: DETAIL_PARTS, orderBy: { id: 'asc' } });
  const details: OrderDetail[] = [];
  for (const row of rows) details.push(detailFromRow(row, await blindSpotsOf(db, row.fills)));
  return details;
}

export async function countOrders(db: Queries): Promise<OrderCounts> {
  return {
    pending: await db.order.count({ where: { status: 'PENDING' } }),
    completed: await db.order.count({ where: { status: 'COMPLETED' } }),
    failed: await db.order.count({ where: { status: 'FAILED' } }),
    attention: await db.order.count({ where: { flags: { not: '' } } }),
  };
}

function viewFromRow(row: Prisma.OrderGetPayload<{ include: typeof VIEW_PARTS }>): OrderView {
  const committed = committedTimes(row.fills);
  return {
    ...orderFromRow(row),
    account: { id: row.account.id, maskedNumber: row.account.maskedNumber },
    lastChangedAt: instantFromText(row.lastChangedAt),
    firstFillCommittedAt: committed.at(0) ?? null,
    lastFillCommittedAt: committed.at(-1) ?? null,
    verification: row.verification && verificationFromRow(row.verification),
  };
}

/** When the record first had each fill that counts, in any version of it; ascending. */
function committedTimes(rows: readonly FillModel[]): readonly Instant[] {
  const first = new Map(rows.toReversed().map((row) => [row.key, instantFromText(row.committedAt)]));
  const counting = rows.filter((row) => row.withdrawnAt === null);
  return counting.flatMap((row) => first.get(row.key) ?? []).sort((a, b) => a - b);
}

async function blindSpotsOf(db: Queries, fills: readonly FillModel[]): Promise<readonly EndedBlindSpot[]> {
  const times = fills.flatMap(({ occurredAt }) => occurredAt ?? []).sort();
  const [first, last] = [times.at(0), times.at(-1)];
  if (first === undefined || last === undefined) return [];
  return endedSpots(await loadBlindSpotsAcross(db, { from: instantFromText(first), to: instantFromText(last) }));
}

function detailFromRow(
  row: Prisma.OrderGetPayload<{ include: typeof DETAIL_PARTS }>,
  blindSpots: readonly EndedBlindSpot[],
): OrderDetail {
  return {
    ...viewFromRow(row),
    legs: row.legs.map(legSummaryFromRow),
    fills: storedFills(row.fills),
    withdrawnFills: storedWithdrawnFills(row.fills),
    audit: row.audit.map(auditFromRow),
    evidence: row.evidence.map(evidenceFromRow),
    blindSpots,
  };
}

function evidenceFromRow({ hash, body, requestedAt, correlationId }: EvidenceModel): StoredEvidence {
  return { hash, body, requestedAt: instantFromText(requestedAt), correlationId };
}
