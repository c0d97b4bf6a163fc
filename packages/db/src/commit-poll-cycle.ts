/**
 * Writes one poll cycle: the orders that changed, what is noted beside them, what became of commands, and the cycle
 * itself, in one transaction.
 *
 * - Its first statement takes the lease, and with it SQLite's write lock: a former holder writes nothing at all.
 * - Status, price, legs, fills and audit of an order stand or fall together.
 * - An order that the database refuses (it guards its own rules) is left as it was and reported; the others are
 *   written. Savepoints within the transaction find it, so that the cycle still commits once: killed at any moment,
 *   the record has all of a cycle or nothing of it.
 * - An order that did not change is not written; the same cycle twice changes nothing.
 */
import type { Instant } from '@fill-tracker/domain';
import { lastAuditSeq } from './audit.ts';
import { type CommandOutcome, concludeCommands } from './commands.ts';
import type { Queries } from './connection.ts';
import type { PrismaClient } from './generated/client.ts';
import { type CycleRecord, recordCycle, recordQuietCycles } from './poll-cycles.ts';
import { assertHoldingLease } from './poller-lease.ts';
import type { QuietCycles } from './quiet-cycles.ts';
import { writeAllButRefused } from './savepoints.ts';
import { type CommitNotes, type RefusedNote, writeNotes } from './write-notes.ts';
import { type OrderCommit, type WriteContext, writeOrders } from './write-orders.ts';

export interface PollCycleCommit extends CommitNotes {
  /** The number of the lease under which the cycle ran. */
  readonly fencing: number;
  /** Becomes `committedAt` of fills and `recordedAt` of audit entries. */
  readonly committedAt: Instant;
  /** Null for what is written between cycles, such as the effect of a command. */
  readonly cycle: CycleRecord | null;
  /** Uneventful cycles before this one that are not written yet. */
  readonly quiet?: QuietCycles | null;
  /** Each order at most once. */
  readonly orders: readonly OrderCommit[];
  readonly commands: readonly CommandOutcome[];
  /** Of a good look, up to when it saw everything at the broker. */
  readonly lastLookAt?: Instant | null;
  /** Whether the webhook is to be told of fills; not unless said. */
  readonly notifiesFills?: boolean;
}

export interface PollCycleResult {
  /** Null when there was no cycle to record. */
  readonly cycleId: number | null;
  /** Every order of the cycle that is in the record now, changed or not. */
  readonly orders: readonly WrittenOrder[];
  /** Orders that the database refused, and why; they are as they were before. */
  readonly refused: readonly RefusedOrder[];
  /** Rechecks, verdicts, links and sightings that the database refused, and why; the rest is written. */
  readonly refusedNotes: readonly RefusedNote[];
  /** Number of the newest audit entry. */
  readonly lastSeq: number;
}

export interface WrittenOrder {
  readonly brokerOrderId: string;
  readonly accountId: string;
  readonly id: number;
}

export interface RefusedOrder {
  readonly brokerOrderId: string;
  readonly accountId: string;
  readonly problem: string;
}

/**
 * @throws {StaleLeaseError} when the lease is lost; nothing is written then
 * @throws {TypeError} when an order is there twice: the second state would not rest on the first
 */
export async function commitPollCycle(prisma: PrismaClient, commit: PollCycleCommit): Promise<PollCycleResult> {
  const changed = commit.orders.filter(({ id, reconciliation }) => id === null || reconciliation.isChanged);
  assertEachOnce(commit.orders);
  return await prisma.$transaction(async (transaction) => {
    await assertHoldingLease(transaction, commit.fencing, commit.lastLookAt);
    if (commit.quiet) await recordQuietCycles(transaction, commit.quiet, commit.fencing);
    const wroteAnything = changed.length > 0 || commit.commands.length > 0;
    const cycleId =
      commit.cycle === null ? null : await recordCycle(transaction, commit.cycle, commit.fencing, wroteAnything);
    const context = {
      cycleId,
      committedAt: commit.committedAt,
      notifiesFills: commit.notifiesFills ?? false,
    };
    const { written, refused } = await writeAllButRefused(transaction, changed, (savepoint, commits) =>
      writeNamedOrders(savepoint, commits, context),
    );
    const refusedNotes = await writeNotes(transaction, commit);
    await concludeCommands(transaction, commit.commands, commit.committedAt);
    const unchanged = commit.orders.flatMap((order) => (changed.includes(order) ? [] : nameOf(order, order.id)));
    return {
      cycleId,
      orders: [...written, ...unchanged],
      refused: refused.map(({ item, problem }) => refusal(item, problem)),
      refusedNotes,
      lastSeq: await lastAuditSeq(transaction),
    };
  });
}

function assertEachOnce(commits: readonly OrderCommit[]): void {
  const ids = commits.flatMap(({ id }) => id ?? []);
  if (new Set(ids).size !== ids.length) throw new TypeError('A cycle holds each order at most once');
}

async function writeNamedOrders(
  savepoint: Queries,
  commits: readonly OrderCommit[],
  context: WriteContext,
): Promise<readonly WrittenOrder[]> {
  const ids = await writeOrders(savepoint, commits, context);
  return commits.flatMap((commit, i) => nameOf(commit, ids[i] ?? null));
}

function nameOf({ accountId, reconciliation }: OrderCommit, id: number | null): WrittenOrder[] {
  return id === null ? [] : [{ brokerOrderId: reconciliation.order.brokerOrderId, accountId, id }];
}

function refusal({ accountId, reconciliation }: OrderCommit, problem: string): RefusedOrder {
  return { brokerOrderId: reconciliation.order.brokerOrderId, accountId, problem };
}
