import type { Instant } from '@fill-tracker/domain';
import { type Account, listAccounts, type NewAccount, upsertAccount } from './accounts.ts';
import { type AuditQuery, listAudit } from './audit.ts';
import type { BrokerIdentity } from './broker-stamp.ts';
import { type Command, enqueueCommand, findCommand, loadQueuedCommands, type NewCommand } from './commands.ts';
import { commitPollCycle, type PollCycleCommit, type PollCycleResult } from './commit-poll-cycle.ts';
import type { PrismaClient } from './generated/client.ts';
import {
  countOrders,
  findOrder,
  findOrders,
  loadOrdersByBrokerIds,
  loadPendingOrders,
  type OrderCounts,
  type OrderDetail,
  type OrderQuery,
  type OrderReference,
  type OrderView,
} from './orders.ts';
import { lastCycles, type StoredCycle } from './poll-cycles.ts';
import {
  acquireLease,
  type LeaseClaim,
  type LeaseRelease,
  type LeaseRenewal,
  type LeaseView,
  readLease,
  releaseLease,
  renewLease,
} from './poller-lease.ts';
import type { StoredAuditEntry } from './rows/audit-rows.ts';
import type { StoredOrder } from './rows/order-rows.ts';
import type { TokenCipher } from './token-cipher.ts';
import { createTokenStore, type TokenStore } from './token-store.ts';

/** The record of orders, and what the processes around it share: accounts, lease, commands and tokens. */
export interface FillDatabase {
  readonly file: string;
  readonly broker: BrokerIdentity;
  close(): Promise<void>;

  /** Adds an account, or updates the one with that hash. */
  upsertAccount(account: NewAccount): Promise<Account>;
  /** In the order of first appearance. */
  listAccounts(): Promise<Account[]>;

  /** Every order that may still change, for the poller. */
  loadPendingOrders(): Promise<StoredOrder[]>;
  /** The orders of one account with these broker ids; unknown ids are left out. */
  loadOrdersByBrokerIds(accountId: string, ids: readonly string[]): Promise<StoredOrder[]>;

  /** One page of orders for people, newest first. */
  findOrders(query: OrderQuery): Promise<OrderView[]>;
  /** One order with all that is known of it; several when accounts share a broker id. */
  findOrder(reference: OrderReference): Promise<OrderDetail[]>;
  /** Audit entries, oldest first. */
  listAudit(query: AuditQuery): Promise<StoredAuditEntry[]>;
  countOrders(): Promise<OrderCounts>;

  /**
   * Writes a cycle, all of it or nothing, save for orders that the database refuses: those are reported.
   *
   * @throws {StaleLeaseError} when the lease is lost; nothing is written then
   */
  commitPollCycle(commit: PollCycleCommit): Promise<PollCycleResult>;
  /** Newest first; unchanged cycles in a row are one. */
  lastCycles(limit: number): Promise<StoredCycle[]>;

  /** Null while someone else's lease has not run out. */
  acquireLease(claim: LeaseClaim): Promise<{ fencing: number } | null>;
  /** False when the lease is lost. */
  renewLease(renewal: LeaseRenewal): Promise<boolean>;
  releaseLease(release: LeaseRelease): Promise<void>;
  readLease(): Promise<LeaseView>;

  /** Gives the command's id; that of the waiting one for a repeated REPOLL of an order. */
  enqueueCommand(command: NewCommand): Promise<number>;
  /** Oldest first. */
  loadQueuedCommands(): Promise<Command[]>;
  findCommand(id: number): Promise<Command | null>;

  tokenStore(cipher: TokenCipher): TokenStore;
}

/** Binds every query to one connection. Reads of several statements see one moment of the record. */
export function createFillDatabase(
  prisma: PrismaClient,
  { file, broker, now }: { file: string; broker: BrokerIdentity; now: () => Instant },
): FillDatabase {
  return {
    file,
    broker,
    close: () => prisma.$disconnect(),
    upsertAccount: (account) => upsertAccount(prisma, account),
    listAccounts: () => listAccounts(prisma),
    loadPendingOrders: () => prisma.$transaction((snapshot) => loadPendingOrders(snapshot)),
    loadOrdersByBrokerIds: (accountId, ids) =>
      prisma.$transaction((snapshot) => loadOrdersByBrokerIds(snapshot, accountId, ids)),
    findOrders: (query) => prisma.$transaction((snapshot) => findOrders(snapshot, query)),
    findOrder: (reference) => prisma.$transaction((snapshot) => findOrder(snapshot, reference)),
    listAudit: (query) => listAudit(prisma, query),
    countOrders: () => prisma.$transaction((snapshot) => countOrders(snapshot)),
    commitPollCycle: (commit) => commitPollCycle(prisma, commit),
    lastCycles: (limit) => lastCycles(prisma, limit),
    acquireLease: (claim) => acquireLease(prisma, claim),
    renewLease: (renewal) => renewLease(prisma, renewal),
    releaseLease: (release) => releaseLease(prisma, release),
    readLease: () => readLease(prisma),
    enqueueCommand: (command) => enqueueCommand(prisma, command),
    loadQueuedCommands: () => loadQueuedCommands(prisma),
    findCommand: (id) => findCommand(prisma, id),
    tokenStore: (cipher) => createTokenStore(prisma, cipher, now),
  };
}
