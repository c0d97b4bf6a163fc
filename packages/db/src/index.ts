export type { Account, NewAccount } from './accounts.ts';
export type { Alert, AlertMark, ChangedAlerts, ClearedAlert } from './alerts.ts';
export type { AuditQuery } from './audit.ts';
export type { AuditPageQuery, AuditRecord } from './audit-records.ts';
export type { BackfilledSpot, BlindSpotSummary, StoredBlindSpot, ToldBlindSpot } from './blind-spots.ts';
export { backUpRecord, type BackUpOptions, type MadeBackup } from './backup/back-up-record.ts';
export { checkBackup, type CheckedBackup, restoreRecord, type RestoredRecord } from './backup/restore-record.ts';
export type { RecordContents } from './backup/record-contents.ts';
export type { BrokerIdentity } from './broker-stamp.ts';
export type { Command, CommandKind, CommandOutcome, CommandState, NewCommand } from './commands.ts';
export type { PollCycleCommit, PollCycleResult, RefusedOrder, WrittenOrder } from './commit-poll-cycle.ts';
export type { ErrorStreak } from './cycle-history.ts';
export { isDatabaseError } from './database-error.ts';
export { FillDatabaseError, type FillDatabaseErrorCode, StaleLeaseError } from './errors.ts';
export type { FillDatabase } from './fill-database.ts';
export { openDatabase, type OpenDatabaseOptions } from './open-database.ts';
export type { FillEvent } from './fill-events.ts';
export type { Notice, NoticeFate, OutboxState } from './outbox.ts';
export type { OrderKey } from './order-keys.ts';
export type { OrderLink } from './order-links.ts';
export type { LockClaim, LockName } from './locks.ts';
export type {
  OrderFilter,
  OrderPage,
  OrderPageQuery,
  OrderPosition,
  OrderSelection,
  OrderSortKey,
} from './order-page.ts';
export type { OrderCounts, OrderDetail, OrderQuery, OrderReference, OrderView, StoredEvidence } from './orders.ts';
export { type CycleRecord, isUneventful, joinedQuietCycles, quietCyclesOf, type StoredCycle } from './poll-cycles.ts';
export type { QuietCycles } from './quiet-cycles.ts';
export type { LeaseClaim, LeaseProgress, LeaseRelease, LeaseRenewal, LeaseView } from './poller-lease.ts';
export { lastSweepAt, pollerStateOf, readingsOf, tracesOf } from './poller-traces.ts';
export { chainKey, chainOrdersOf, correctionsOf, readFullOrder } from './present/order-chain.ts';
export { presentOrderAsKnown } from './present/order-as-known.ts';
export { presentFillEvent } from './present/present-fill-event.ts';
export { readOrphans } from './present/orphans.ts';
export {
  type OrderChain,
  presentAuditEntry,
  presentFullOrder,
  presentLeg,
  presentOrder,
} from './present/present-order.ts';
export { presentSignIn } from './present/present-sign-in.ts';
export { requestsWithin } from './present/requests-within.ts';
export { presentBlindness, presentBlindSpot } from './present/present-blind-spot.ts';
export { summariseLatencies } from './present/summarise-latencies.ts';
export { probeWriting, type WriteProbe } from './probe-writing.ts';
export type { Looks } from './looks.ts';
export { ordersCsv, ordersJson } from './present/orders-csv.ts';
export type { DueRecheck, RecheckCommit } from './rechecks.ts';
export type { StoredAuditEntry } from './rows/audit-rows.ts';
export type { StoredFill, StoredWithdrawnFill } from './rows/fill-rows.ts';
export type { JsonObject } from './rows/json-text.ts';
export type { StoredOrder } from './rows/order-rows.ts';
export type { ImportedSeed, ImportSeedOptions } from './seed/import-seed.ts';
export type { SeedProblem } from './seed/seed-row.ts';
export type { Sighting, StoredSighting } from './sightings.ts';
export { SIGN_IN_LINK_LIFE_MS, type SignInLink } from './sign-in-links.ts';
export { createTokenCipher, type TokenCipher } from './token-cipher.ts';
export { keyFromEnv, loadOrCreateKeyFile } from './token-key.ts';
export type { SignIn, StoredToken, TokenStore } from './token-store.ts';
export type { Verification, VerificationCommit, VerificationVerdict } from './verifications.ts';
export type { CommitNotes, RefusedNote } from './write-notes.ts';
export type { OrderCommit, OrderEvidence } from './write-orders.ts';
