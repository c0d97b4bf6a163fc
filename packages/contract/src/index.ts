export { type Account, account, type AccountList, accountList } from './accounts.ts';
export {
  type Alert,
  alert,
  type AlertPage,
  alertPage,
  alertQuery,
  type AlertQueryInput,
  type AlertReport,
  alertReport,
  type AlertSeverity,
  type AlertTest,
  alertTest,
} from './alerts.ts';
export { type OrderAsKnown, orderAsKnown, orderDetailQuery, type OrderDetailQueryInput } from './as-known.ts';
export { type AuditPage, auditPage, auditQuery, type AuditQueryInput, type AuditRecord, auditRecord } from './audit.ts';
export {
  type BackfillSummary,
  backfillSummary,
  type ImportedOrder,
  type ImportSummary,
  importSummary,
} from './backfill.ts';
export { type BackupSummary, backupSummary, type RestoreSummary, restoreSummary } from './backup.ts';
export {
  type BlindCause,
  blindCause,
  type Blindness,
  blindness,
  type BlindSpot,
  blindSpot,
  type BlindSpotPage,
  blindSpotPage,
  blindSpotQuery,
  type BlindSpotQueryInput,
} from './blind-spots.ts';
export {
  type CommandAnswer,
  commandAnswer,
  type CommandReport,
  commandReport,
  type PollerState,
  type TrackRequest,
  trackRequest,
} from './commands.ts';
export { type Cycle, cycle, type CyclePage, cyclePage, cycleQuery, type CycleQueryInput } from './cycles.ts';
export {
  eventQuery,
  type EventQueryInput,
  type HealthEvent,
  healthEvent,
  type ResetEvent,
  resetEvent,
} from './events.ts';
export {
  type FillEvent,
  type FillFeed,
  fillFeed,
  fillFeedQuery,
  type FillFeedQueryInput,
  MAX_FILLS_AT_ONCE,
} from './fills-feed.ts';
export { type Inspection, inspection, type InspectedOrder } from './inspect.ts';
export { type Diagnosis, diagnosis } from './doctor.ts';
export { type DetectionLatency, detectionLatency } from './latency.ts';
export { ORDER_FLAGS, orderFlag } from './order-flag.ts';
export {
  type OrderFilter,
  orderFilter,
  type OrderFilterInput,
  type OrderQuery,
  orderQuery,
  type OrderQueryInput,
  type OrderSort,
  orderSort,
  type OrderTab,
  orderTab,
} from './order-query.ts';
export {
  type AmbiguousReplacement,
  type ChainLink,
  type ChainTotals,
  type Evidence,
  type FullAuditEntry,
  type FullFill,
  type FullLeg,
  type FullOrder,
  fullOrder,
  type ListedOrder,
  listedOrder,
  type OrderList,
  orderList,
  type OrderPage,
  orderPage,
  type Resolution,
  type Verification,
  type VerificationVerdict,
  type WithdrawnFill,
} from './orders.ts';
export { type AbsentOrder, type Orphans, orphans, type UntrackedOrder } from './orphans.ts';
export { MAX_PAGE_SIZE } from './page.ts';
export {
  loadOf,
  type MarketPhase,
  type PollerHealth,
  pollerHealth,
  type PollerLoad,
  pollerLoad,
  type PollerStatus,
  pollerStatus,
} from './poller.ts';
export { type Readiness, readiness } from './readiness.ts';
export { type Problem, problem } from './problem.ts';
export {
  type OrderStanding,
  type ResolveOutcome,
  resolveOutcome,
  type ResolveRequest,
  resolveRequest,
} from './resolve.ts';
export {
  type SignInOutcome,
  signInOutcome,
  type SignInRequest,
  signInRequest,
  type SignInState,
  type SignInStatus,
  signInStatus,
} from './sign-in.ts';
export { type Summary, summary } from './summary.ts';
export { accountId, brokerOrderId, wholeNumberText } from './values.ts';
export { type DayVerification, dayVerification } from './verify.ts';
export { type WebhookMessage, webhookMessage } from './webhook.ts';
