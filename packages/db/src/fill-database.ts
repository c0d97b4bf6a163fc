import type { DayOrder, FlaggedOrder, Instant } from '@fill-tracker/domain';
import { type Account, listAccounts, type NewAccount, upsertAccount } from './accounts.ts';
import { type AccountUse, loadAccountUse, loadDayOrders, loadFlaggedOrders } from './alert-orders.ts';
import {
  type Alert,
  type AlertCommit,
  type AlertMark,
  type AlertPageQuery,
  changeAlerts,
  type ChangedAlerts,
  findAlert,
  openAlerts,
  pageAlerts,
  readAlertMark,
} from './alerts.ts';
import { auditOfOrderUntil, type AuditQuery, lastAuditSeq, listAudit } from './audit.ts';
import { auditAfter, type AuditPageQuery, type AuditRecord, pageAudit } from './audit-records.ts';
import {
  type BlindSpotSummary,
  loadBlindSpotsToBackfill,
  openBlindSpot,
  pageBlindSpots,
  type StoredBlindSpot,
  summariseBlindSpots,
  type ToldBlindSpot,
} from './blind-spots.ts';
import type { BrokerIdentity } from './broker-stamp.ts';
import { loadChainCandidates } from './chain-candidates.ts';
import { type Command, enqueueCommand, findCommand, loadQueuedCommands, type NewCommand } from './commands.ts';
import { commitPollCycle, type PollCycleCommit, type PollCycleResult } from './commit-poll-cycle.ts';
import { cyclesEndedAfter, type ErrorStreak, errorStreak, lastCompleteCycleAt, pageCycles } from './cycle-history.ts';
import { countLateFillsSince, detectionLatenciesSince } from './detection-latencies.ts';
import { type FillEvent, fillEventsAfter, findFillEvent, lastFillSequence } from './fill-events.ts';
import type { PrismaClient } from './generated/client.ts';
import { isSchemaCurrent } from './schema-check.ts';
import { type Looks, readLooks } from './looks.ts';
import { acquireLock, type LockClaim, releaseLock, renewLock } from './locks.ts';
import { countFilledBetween, countFlags } from './order-counts.ts';
import { loadOrderLinks, type OrderLink } from './order-links.ts';
import {
  countMatchingOrders,
  findOrderIds,
  type OrderFilter,
  type OrderPage,
  type OrderPageQuery,
  type OrderSelection,
  pageOrders,
} from './order-page.ts';
import {
  countOrders,
  findOrder,
  findOrders,
  loadOrdersByBrokerIds,
  loadOrderViews,
  loadPendingOrders,
  loadToBackfill,
  type OrderCounts,
  type OrderDetail,
  type OrderQuery,
  type OrderReference,
  type OrderView,
} from './orders.ts';
import {
  expireNotices,
  nextNotice,
  type Notice,
  type NoticeFate,
  type OutboxState,
  readOutbox,
  settleNotice,
} from './outbox.ts';
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
import { type DueRecheck, loadDueRechecks } from './rechecks.ts';
import type { StoredAuditEntry } from './rows/audit-rows.ts';
import type { StoredOrder } from './rows/order-rows.ts';
import { type ImportedSeed, importSeed, type ImportSeedOptions } from './seed/import-seed.ts';
import { issueSignInLink, listSignInLinks, type SignInLink, takeSignInLink } from './sign-in-links.ts';
import { listSightings, type StoredSighting } from './sightings.ts';
import type { TokenCipher } from './token-cipher.ts';
import { createTokenStore, readSignIn, type SignIn, type TokenStore } from './token-store.ts';

/** The record of orders, and what the processes around it share: accounts, lease, commands and tokens. */
export interface FillDatabase {
  readonly file: string;
  readonly broker: BrokerIdentity;
  close(): Promise<void>;
  /** False when the file has been migrated by another version of this program since it was opened. */
  isSchemaCurrent(): Promise<boolean>;

  /** Adds an account, or updates the one with that hash. */
  upsertAccount(account: NewAccount): Promise<Account>;
  /** In the order of first appearance. */
  listAccounts(): Promise<Account[]>;

  /** Every order that may still change, for the poller. */
  loadPendingOrders(): Promise<StoredOrder[]>;
  /** The orders of one account with these broker ids; unknown ids are left out. */
  loadOrdersByBrokerIds(accountId: string, ids: readonly string[]): Promise<StoredOrder[]>;

  /** Ended orders whose time for another look has come, the longest waiting first. */
  loadDueRechecks(now: Instant, limit: number): Promise<readonly DueRecheck[]>;
  /** Imported orders of an account of which the broker can be asked, and has not been; by id. */
  loadToBackfill(accountId: string): Promise<StoredOrder[]>;
  /** Takes over the executions of the older bot's database, which is only read. */
  importSeed(file: string, options: ImportSeedOptions): Promise<ImportedSeed>;

  /** The order and those that may belong to its replacement chain, by id; bounded. */
  loadChainCandidates(orderId: number): Promise<readonly OrderView[]>;
  /** What people said of the replacements of an account, oldest first. */
  loadOrderLinks(accountId: string): Promise<readonly OrderLink[]>;
  /** Orders that the broker lists and nobody tracks, what was seen last first. */
  listSightings(limit: number): Promise<readonly StoredSighting[]>;

  /** One page of orders for people, newest first. */
  findOrders(query: OrderQuery): Promise<OrderView[]>;
  /** One order with all that is known of it; several when accounts share a broker id. */
  findOrder(reference: OrderReference): Promise<OrderDetail[]>;
  /** Audit entries, oldest first. */
  listAudit(query: AuditQuery): Promise<StoredAuditEntry[]>;
  /** What had been recorded of one order until an instant, oldest first. */
  auditOfOrderUntil(orderId: number, at: Instant): Promise<StoredAuditEntry[]>;
  countOrders(): Promise<OrderCounts>;

  /** One page of a filtered and sorted order list. */
  pageOrders(query: OrderPageQuery): Promise<OrderPage>;
  /** All orders of a selection, by id. */
  findOrderIds(selection: OrderSelection): Promise<readonly number[]>;
  /** These orders, in this order; unknown ids are left out. At most some thousands at a time. */
  loadOrderViews(ids: readonly number[]): Promise<OrderView[]>;
  /** How many orders a filter gives; counting stops at `cap`. */
  countMatchingOrders(filter: OrderFilter, cap: number): Promise<number>;
  /** How many orders ended from an instant on, and before another, with something traded. */
  countFilledBetween(from: Instant, before: Instant): Promise<number>;
  /** How many orders carry each flag, most first. */
  countFlags(): Promise<readonly { readonly flag: string; readonly orders: number }[]>;
  /** One page of the audit trail of all orders, newest first. */
  pageAudit(query: AuditPageQuery): Promise<readonly AuditRecord[]>;
  /** What came after an audit entry, oldest first: how a reader follows the record. */
  auditAfter(seq: number, limit: number): Promise<readonly AuditRecord[]>;
  /** The number of the newest audit entry; 0 when there is none. */
  lastAuditSeq(): Promise<number>;

  /**
   * Writes a cycle, all of it or nothing, save for orders that the database refuses: those are reported.
   *
   * @throws {StaleLeaseError} when the lease is lost; nothing is written then
   */
  commitPollCycle(commit: PollCycleCommit): Promise<PollCycleResult>;
  /** Newest first; unchanged cycles in a row are one. */
  lastCycles(limit: number): Promise<StoredCycle[]>;
  /** Cycles before one of them, newest first. */
  pageCycles(query: { readonly beforeId?: number; readonly limit: number }): Promise<readonly StoredCycle[]>;
  /** Cycles that ended after an instant, newest first. */
  cyclesEndedAfter(at: Instant): Promise<readonly StoredCycle[]>;
  /** End of the last cycle that examined every due order; null before the first. */
  lastCompleteCycleAt(): Promise<Instant | null>;
  /** When the broker was last asked about pending orders. */
  readLooks(): Promise<Looks>;
  /** Null when the last cycle was complete. */
  errorStreak(): Promise<ErrorStreak | null>;
  /** From the broker's time of each fill to its record, ms, for fills recorded after an instant under a poller's eyes. */
  detectionLatenciesSince(at: Instant): Promise<readonly number[]>;
  /** How many fills recorded after an instant happened in a blind spot and were found after it. */
  countLateFillsSince(at: Instant): Promise<number>;

  /** The spot that is open; null while the tracker sees, and when it has not noticed yet that it does not. */
  openBlindSpot(): Promise<StoredBlindSpot | null>;
  /** Blind spots that are over and of which not everything is in the record yet, oldest first. */
  loadBlindSpotsToBackfill(): Promise<readonly StoredBlindSpot[]>;
  /** Blind spots before one of them, newest first. */
  pageBlindSpots(query: { readonly beforeId?: number; readonly limit: number }): Promise<readonly ToldBlindSpot[]>;
  /** How well the tracker saw in the day before an instant. */
  summariseBlindSpots(now: Instant): Promise<BlindSpotSummary>;

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

  /** False while another owner's lock has not run out. */
  acquireLock(claim: LockClaim): Promise<boolean>;
  /** False when another owner has the lock. */
  renewLock(claim: LockClaim): Promise<boolean>;
  releaseLock(claim: Pick<LockClaim, 'name' | 'owner'>): Promise<void>;

  /** Changes of fills after a number, oldest first, without a gap. */
  fillEventsAfter(after: number, limit: number): Promise<readonly FillEvent[]>;
  /** Null for a number that was not given. */
  findFillEvent(seq: number): Promise<FillEvent | null>;
  /** The number of the newest change of a fill; 0 before the first. */
  lastFillSequence(): Promise<number>;

  /** Orders with a flag that may be news, and since when each flag stands. */
  loadFlaggedOrders(now: Instant): Promise<readonly FlaggedOrder[]>;
  /** Pending orders for one day that were entered before an instant. */
  loadDayOrders(enteredBefore: Instant): Promise<readonly DayOrder[]>;
  /** How much an account is in use. */
  loadAccountUse(accountId: string): Promise<AccountUse>;
  /** Raises and clears alerts, each once, with the messages that tell of it. */
  changeAlerts(commit: AlertCommit): Promise<ChangedAlerts>;
  /** Oldest first. */
  openAlerts(): Promise<readonly Alert[]>;
  /** How many alerts are open, and the newest there is. */
  readAlertMark(): Promise<AlertMark>;
  findAlert(id: number): Promise<Alert | null>;
  /** One page of alerts, newest first. */
  pageAlerts(query: AlertPageQuery): Promise<readonly Alert[]>;

  /** The next message to the webhook whose time has come; null when there is none. */
  nextNotice(now: Instant): Promise<Notice | null>;
  /** Notes what became of a try at a message. */
  settleNotice(id: number, fate: NoticeFate, now: Instant): Promise<void>;
  /** Forgets messages that were done with before an instant. */
  expireNotices(before: Instant): Promise<void>;
  /** How many messages wait, and what they wait for. */
  readOutbox(): Promise<OutboxState>;

  /** Remembers a sign-in link for a quarter of an hour. */
  issueSignInLink(link: SignInLink): Promise<void>;
  /** The links that may still come back, the youngest first. */
  listSignInLinks(now: Instant): Promise<SignInLink[]>;
  /** Uses a link up; false when it was used before, ran out, or was never given out. */
  takeSignInLink(state: string, now: Instant): Promise<boolean>;

  tokenStore(cipher: TokenCipher): TokenStore;
  /** The sign-in, read without the key; null before the first, and until tokens are saved anew in an older file. */
  readSignIn(): Promise<SignIn | null>;
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
    isSchemaCurrent: () => isSchemaCurrent(prisma),
    upsertAccount: (account) => upsertAccount(prisma, account),
    listAccounts: () => listAccounts(prisma),
    loadPendingOrders: () => prisma.$transaction((snapshot) => loadPendingOrders(snapshot)),
    loadOrdersByBrokerIds: (accountId, ids) =>
      prisma.$transaction((snapshot) => loadOrdersByBrokerIds(snapshot, accountId, ids)),
    loadDueRechecks: (at, limit) => prisma.$transaction((snapshot) => loadDueRechecks(snapshot, at, limit)),
    loadToBackfill: (accountId) => prisma.$transaction((snapshot) => loadToBackfill(snapshot, accountId)),
    importSeed: (older, options) => importSeed(prisma, older, options),
    loadChainCandidates: (orderId) => prisma.$transaction((snapshot) => loadChainCandidates(snapshot, orderId)),
    loadOrderLinks: (accountId) => loadOrderLinks(prisma, accountId),
    listSightings: (limit) => listSightings(prisma, limit),
    findOrders: (query) => prisma.$transaction((snapshot) => findOrders(snapshot, query)),
    findOrder: (reference) => prisma.$transaction((snapshot) => findOrder(snapshot, reference)),
    listAudit: (query) => listAudit(prisma, query),
    auditOfOrderUntil: (orderId, at) => auditOfOrderUntil(prisma, orderId, at),
    countOrders: () => prisma.$transaction((snapshot) => countOrders(snapshot)),
    pageOrders: (query) => prisma.$transaction((snapshot) => pageOrders(snapshot, query)),
    findOrderIds: (selection) => findOrderIds(prisma, selection),
    loadOrderViews: (ids) => prisma.$transaction((snapshot) => loadOrderViews(snapshot, ids)),
    countMatchingOrders: (filter, cap) => countMatchingOrders(prisma, filter, cap),
    countFilledBetween: (from, before) => countFilledBetween(prisma, from, before),
    countFlags: () => countFlags(prisma),
    pageAudit: (query) => prisma.$transaction((snapshot) => pageAudit(snapshot, query)),
    auditAfter: (seq, limit) => prisma.$transaction((snapshot) => auditAfter(snapshot, seq, limit)),
    lastAuditSeq: () => lastAuditSeq(prisma),
    commitPollCycle: (commit) => commitPollCycle(prisma, commit),
    lastCycles: (limit) => lastCycles(prisma, limit),
    pageCycles: (query) => pageCycles(prisma, query),
    cyclesEndedAfter: (at) => prisma.$transaction((snapshot) => cyclesEndedAfter(snapshot, at)),
    lastCompleteCycleAt: () => lastCompleteCycleAt(prisma),
    readLooks: () => readLooks(prisma),
    errorStreak: () => prisma.$transaction((snapshot) => errorStreak(snapshot)),
    detectionLatenciesSince: (at) => prisma.$transaction((snapshot) => detectionLatenciesSince(snapshot, at)),
    countLateFillsSince: (at) => countLateFillsSince(prisma, at),
    openBlindSpot: () => openBlindSpot(prisma),
    loadBlindSpotsToBackfill: () => loadBlindSpotsToBackfill(prisma),
    pageBlindSpots: (query) => prisma.$transaction((snapshot) => pageBlindSpots(snapshot, query)),
    summariseBlindSpots: (at) => prisma.$transaction((snapshot) => summariseBlindSpots(snapshot, at)),
    acquireLease: (claim) => acquireLease(prisma, claim),
    renewLease: (renewal) => prisma.$transaction((transaction) => renewLease(transaction, renewal)),
    releaseLease: (release) => prisma.$transaction((transaction) => releaseLease(transaction, release)),
    readLease: () => readLease(prisma),
    enqueueCommand: (command) => enqueueCommand(prisma, command),
    loadQueuedCommands: () => loadQueuedCommands(prisma),
    findCommand: (id) => findCommand(prisma, id),
    acquireLock: (claim) => acquireLock(prisma, claim),
    renewLock: (claim) => renewLock(prisma, claim),
    releaseLock: (claim) => releaseLock(prisma, claim),
    fillEventsAfter: (after, limit) => prisma.$transaction((snapshot) => fillEventsAfter(snapshot, after, limit)),
    findFillEvent: (seq) => prisma.$transaction((snapshot) => findFillEvent(snapshot, seq)),
    lastFillSequence: () => lastFillSequence(prisma),
    loadFlaggedOrders: (at) => prisma.$transaction((snapshot) => loadFlaggedOrders(snapshot, at)),
    loadDayOrders: (enteredBefore) => loadDayOrders(prisma, enteredBefore),
    loadAccountUse: (accountId) => loadAccountUse(prisma, accountId),
    changeAlerts: (commit) => changeAlerts(prisma, commit),
    openAlerts: () => openAlerts(prisma),
    readAlertMark: () => readAlertMark(prisma),
    findAlert: (id) => findAlert(prisma, id),
    pageAlerts: (query) => pageAlerts(prisma, query),
    nextNotice: (at) => nextNotice(prisma, at),
    settleNotice: (id, fate, at) => settleNotice(prisma, id, fate, at),
    expireNotices: (before) => expireNotices(prisma, before),
    readOutbox: () => readOutbox(prisma),
    issueSignInLink: (link) => issueSignInLink(prisma, link),
    listSignInLinks: (at) => listSignInLinks(prisma, at),
    takeSignInLink: (state, at) => takeSignInLink(prisma, state, at),
    tokenStore: (cipher) => createTokenStore(prisma, cipher, now),
    readSignIn: () => readSignIn(prisma),
  };
}
