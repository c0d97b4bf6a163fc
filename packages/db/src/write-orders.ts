import type { AuditEntry, Instant, OrderSource, RecordedFill, Reconciliation } from '@fill-tracker/domain';
import { insertMissingRows, insertRows, insertRowsReturningIds, updateRows } from './bulk-write.ts';
import type { Queries } from './connection.ts';
import { auditToRow } from './rows/audit-rows.ts';
import { decimalTextOrNull } from './rows/decimal-text.ts';
import { writeFillEvents } from './fill-events.ts';
import { removeRecordedSightings } from './sightings.ts';
import { dropVerifications } from './verifications.ts';
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
  /** Of a row of an older database that has no broker order id: a later import knows it again by this. */
  readonly importMark?: string;
}

export interface WriteContext {
  readonly cycleId: number | null;
  readonly committedAt: Instant;
  /** Whether the webhook is to be told of fills. */
  readonly notifiesFills: boolean;
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
  await withdrawFills(transaction, commits);
  const numbered = await writeOrderRows(transaction, commits, context.committedAt);
  await writeLegs(transaction, numbered);
  await writeFills(transaction, numbered, context.committedAt);
  await writeFillEvents(
    transaction,
    numbered.map(({ id, reconciliation }) => ({ orderId: id, ...reconciliation })),
    context,
  );
  await writeAudit(transaction, numbered, context);
  await writeEvidence(transaction, numbered);
  await writeImportMarks(transaction, numbered);
  await forgetWhatIsOver(transaction, numbered);
  return numbered.map(({ id }) => id);
}

/**
 * Before the orders: one whose fills were all taken back may fail, and one that failed has none that count. Fills
 * that are new and never counted are not there yet; they are added as taken back.
 */
async function withdrawFills(transaction: Queries, commits: readonly OrderCommit[]): Promise<void> {
  const rows = commits.flatMap(({ id, reconciliation }) => {
    if (id === null) return [];
    const added = new Set(reconciliation.newFills.map(nameOf));
    return reconciliation.withdrawnFills
      .filter((fill) => !added.has(nameOf(fill)))
      .map(({ key, version, activityId, withdrawnAt }) => ({
        orderId: id,
        key,
        version,
        activityId,
        withdrawnAt: instantText(withdrawnAt),
      }));
  });
  const found = await updateRows(transaction, 'fills', ['orderId', 'key', 'version'], rows);
  if (found !== rows.length) throw new RangeError('a fill to be taken back is not in the record');
}

function nameOf({ key, version }: Pick<RecordedFill, 'key' | 'version'>): string {
  return `${version} ${key}`;
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
    const { count } = await transaction.fill.updateMany({
      where: { orderId: id, key: formerKey, version: fill.version },
      data: {
        key: fill.key,
        activityId: fill.activityId,
        remainingAfter: decimalTextOrNull(fill.remainingAfter),
      },
    });
    if (count !== 1) throw new RangeError('a fill whose activity was named is not in the record');
  }
  await insertRows(
    transaction,
    'fills',
    commits.flatMap(({ id, reconciliation: { newFills, withdrawnFills } }) => {
      const withdrawnAt = new Map(withdrawnFills.map((fill) => [nameOf(fill), fill.withdrawnAt]));
      return newFills.map((fill) => fillToRow(id, fill, withdrawnAt.get(nameOf(fill)) ?? null, at));
    }),
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

async function writeImportMarks(transaction: Queries, commits: readonly Numbered[]): Promise<void> {
  const rows = commits.flatMap(({ id, accountId, importMark }) =>
    importMark === undefined ? [] : [{ accountId, mark: importMark, orderId: id }],
  );
  await insertRows(transaction, 'imported_rows', rows);
}

/** A sighting of an order that is in the record now; a verdict on fills that are others now. */
async function forgetWhatIsOver(transaction: Queries, commits: readonly Numbered[]): Promise<void> {
  const added = commits.filter(({ isNew }) => isNew);
  await removeRecordedSightings(
    transaction,
    added.map(({ accountId, reconciliation }) => ({ accountId, brokerOrderId: reconciliation.order.brokerOrderId })),
  );
  const changed = commits.filter(
    ({ isNew, reconciliation }) => !isNew && reconciliation.newFills.length + reconciliation.withdrawnFills.length > 0,
  );
  await dropVerifications(
    transaction,
    changed.map(({ id }) => id),
  );
}

function evidenceToRow(orderId: number, { hash, body, requestedAt, correlationId }: OrderEvidence) {
  return { orderId, hash, body, requestedAt: instantText(requestedAt), correlationId };
}
