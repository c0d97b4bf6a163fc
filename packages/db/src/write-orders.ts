import type { AuditEntry, Instant, OrderSource, Reconciliation } from '@fill-tracker/domain';
import { insertMissingRows, insertRows, insertRowsReturningIds, updateRows } from './bulk-write.ts';
import type { Queries } from './connection.ts';
import { auditToRow } from './rows/audit-rows.ts';
import { decimalTextOrNull } from './rows/decimal-text.ts';
import { fillToRow } from './rows/fill-rows.ts';
import { instantText } from './rows/instant-text.ts';
import { legsToRows } from './rows/leg-rows.ts';
import { orderToRow } from './rows/order-rows.ts';

/** What the broker said, redacted by the caller. */
export interface OrderEvidence {
  /** Of the body: the same answer is kept once. */
  readonly hash: string;
  readonly body: string;
  readonly requestedAt: Instant;
  readonly correlationId: string | null;
}

/** An order's next state, and all that led to it. */
export interface OrderCommit {
  /** Null for an order that the record does not have yet. */
  readonly id: number | null;
  readonly accountId: string;
  readonly reconciliation: Reconciliation;
  readonly evidence: OrderEvidence | null;
  /** `poller`, or who asked: goes into the audit trail. */
  readonly actor: string;
}

export interface WriteContext {
  readonly cycleId: number | null;
  readonly committedAt: Instant;
}

/** A commit whose order has its id now. */
interface Numbered extends OrderCommit {
  readonly id: number;
  readonly isNew: boolean;
}

/**
 * Writes orders with their legs, fills, audit entries and evidence. To be called in a transaction: it all stands or
 * falls together.
 *
 * @returns the ids, in the order of the commits
 */
export async function writeOrders(
  transaction: Queries,
  commits: readonly OrderCommit[],
  context: WriteContext,
): Promise<readonly number[]> {
  const numbered = await writeOrderRows(transaction, commits, context.committedAt);
  await writeLegs(transaction, numbered);
  await writeFills(transaction, numbered, context.committedAt);
  await writeAudit(transaction, numbered, context);
  await writeEvidence(transaction, numbered);
  return numbered.map(({ id }) => id);
}

/** Orders first: whether an order failed decides if it may have fills. */
async function writeOrderRows(
  transaction: Queries,
  commits: readonly OrderCommit[],
  at: Instant,
): Promise<readonly Numbered[]> {
  const added = commits.filter(({ id }) => id === null);
  const ids = await insertRowsReturningIds(
    transaction,
    'orders',
    added.map(({ accountId, reconciliation }) => ({ accountId, ...orderToRow(reconciliation.order, at) })),
  );
  const idOf = new Map(added.map((commit, i) => [commit, ids[i]]));
  const numbered = commits.map((commit) => {
    const id = commit.id ?? idOf.get(commit);
    if (id === undefined) throw new Error(`SQLite gave no id for order ${commit.reconciliation.order.brokerOrderId}`);
    return { ...commit, id, isNew: commit.id === null };
  });
  await updateOrders(
    transaction,
    numbered.filter(({ isNew }) => !isNew),
    at,
  );
  return numbered;
}

async function updateOrders(transaction: Queries, commits: readonly Numbered[], at: Instant): Promise<void> {
  const rows = commits.map(({ id, accountId, reconciliation }) => ({
    id,
    accountId,
    ...orderToRow(reconciliation.order, at),
  }));
  const found = await updateRows(transaction, 'orders', ['id', 'accountId'], rows);
  if (found !== rows.length) throw new RangeError('no such order in this account');
}

/** Legs are derived from facts and fills: they are written anew. */
async function writeLegs(transaction: Queries, commits: readonly Numbered[]): Promise<void> {
  const known = commits.filter(({ isNew }) => !isNew).map(({ id }) => id);
  await transaction.$executeRaw`
    DELETE FROM order_legs WHERE order_id IN (SELECT value FROM json_each(${JSON.stringify(known)}))`;
  await insertRows(
    transaction,
    'order_legs',
    commits.flatMap(({ id, reconciliation }) => legsToRows(id, reconciliation.order)),
  );
}

/** Keys are refined before fills are added: a new fill never takes a key that a recorded one still has. */
async function writeFills(transaction: Queries, commits: readonly Numbered[], at: Instant): Promise<void> {
  const refined = commits.flatMap(({ id, reconciliation }) =>
    reconciliation.identifiedFills.map(({ formerKey, fill }) => ({ id, formerKey, fill })),
  );
  for (const { id, formerKey, fill } of refined) {
    await transaction.fill.updateMany({
      where: { orderId: id, key: formerKey, version: fill.version },
      data: {
        key: fill.key,
        activityId: fill.activityId,
        remainingAfter: decimalTextOrNull(fill.remainingAfter),
      },
    });
  }
  await insertRows(
    transaction,
    'fills',
    commits.flatMap(({ id, reconciliation }) => reconciliation.newFills.map((fill) => fillToRow(id, fill, at))),
  );
}

async function writeAudit(transaction: Queries, commits: readonly Numbered[], context: WriteContext): Promise<void> {
  const rows = commits.flatMap((commit) =>
    entriesOf(commit).map((entry) =>
      auditToRow(commit.id, entry, { cycleId: context.cycleId, actor: commit.actor, recordedAt: context.committedAt }),
    ),
  );
  await insertRows(transaction, 'audit_entries', rows);
}

function entriesOf(commit: Numbered): readonly AuditEntry[] {
  return commit.isNew ? [orderAdded(commit), ...commit.reconciliation.audit] : commit.reconciliation.audit;
}

function orderAdded({ accountId, reconciliation }: OrderCommit): AuditEntry {
  const { brokerOrderId, source } = reconciliation.order;
  return {
    kind: 'ORDER_ADDED',
    before: null,
    after: { account: accountId, brokerOrderId: brokerOrderId === '' ? null : brokerOrderId, source },
    reason: REASONS_TO_ADD[source],
  };
}

const REASONS_TO_ADD: Readonly<Record<OrderSource, string>> = {
  TRACKED: 'asked to be tracked',
  DISCOVERED: "found in the broker's list",
  IMPORTED: 'taken over from an older database',
};

async function writeEvidence(transaction: Queries, commits: readonly Numbered[]): Promise<void> {
  const rows = commits.flatMap(({ id, evidence }) => (evidence === null ? [] : [evidenceToRow(id, evidence)]));
  await insertMissingRows(transaction, 'evidence', rows);
}

function evidenceToRow(orderId: number, { hash, body, requestedAt, correlationId }: OrderEvidence) {
  return { orderId, hash, body, requestedAt: instantText(requestedAt), correlationId };
}
