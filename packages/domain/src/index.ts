export type { AuditEntry, AuditKind, AuditValues } from './audit/audit-entry.ts';
export type { IdentifiedFill } from './audit/audit-changes.ts';
export { type OrderAsKnown, replayAudit } from './audit/replay-audit.ts';
export { decimal, type Decimal, decimalFromRecord, decimalText, divideHalfUp, parseDecimal, sumOf } from './decimal.ts';
export { byTime, type Fill, type RecordedFill, type WithdrawnFill } from './execution/fill.ts';
export { tellFills, type ToldFills } from './execution/told-fills.ts';
export { type LegSummary, summariseLegs } from './execution/leg-summary.ts';
export type { NetPrice } from './execution/net-price.ts';
export { HOUR, type Instant, MINUTE, SECOND } from './instant.ts';
export { BROKER_STATUSES, isTerminalBrokerStatus } from './order/broker-status.ts';
export { type Side, sideOf } from './order/instruction.ts';
export {
  type Absence,
  type KnownOrder,
  newlyKnownOrder,
  type OrderSource,
  type OrderState,
  type Resolution,
} from './order/known-order.ts';
export { ORDER_FLAGS, type OrderFlag, orderedFlags } from './order/order-flag.ts';
export type { OrderOutcome, OrderStatus } from './order/order-status.ts';
export {
  flattenOrders,
  isBare,
  isOrderGroup,
  type OrderFacts,
  type OrderLeg,
  type ReportedActivity,
  type ReportedExecutionLeg,
  type ReportedOrder,
} from './order/reported-order.ts';
export { symbolKey } from './order/symbol-key.ts';
export { type Conclusion, concludeOrder } from './reconciliation/conclude-order.ts';
export type { Discrepancy } from './reconciliation/discrepancy.ts';
export { reconcileAbsence, VISIBILITY_GRACE_MS } from './reconciliation/reconcile-absence.ts';
export { reconcileOrder } from './reconciliation/reconcile-order.ts';
export { reconcileUnreadable } from './reconciliation/reconcile-unreadable.ts';
export type { FillChanges, Reconciliation } from './reconciliation/reconciliation.ts';
export {
  acceptExecutions,
  closeOrder,
  type Decision,
  hearWitness,
  type Refusal,
  type WitnessFlag,
} from './reconciliation/resolve-order.ts';
export { ALWAYS_OPEN } from './market/always-open.ts';
export type { MarketCalendar, TradingSession } from './market/market-calendar.ts';
export { type MarketMoment, marketMoment, type MarketPhase } from './market/market-moment.ts';
export { NO_OWNER_DATES, type OwnerDates, withOwnerDates } from './market/owner-dates.ts';
export { type ReportedSessions, withReportedSessions } from './market/reported-sessions.ts';
export { calendarEnding, type CalendarEnding } from './market/calendar-ending.ts';
export { EXCHANGE_ZONE, type TradingDate, tradingDateAt } from './market/trading-date.ts';
export { type MarketHours, US_EQUITY_HOURS, usEquities } from './market/us-equities.ts';
export { BLIND_CAUSES, type BlindCause, type FailureCause } from './polling/blind-cause.ts';
export {
  type AnnouncedRest,
  type BlindFailure,
  type BlindSpot,
  blindSpotsAt,
  type GoodLook,
} from './polling/blind-spot.ts';
export { choiceEndsAt } from './polling/choice-ends-at.ts';
export { extendStreak, type FailureStreak, isNotable } from './polling/failure-streak.ts';
export { blindSpotOfFill, type EndedSpot, isWithinSpot } from './polling/found-late.ts';
export { type StuckLooks, watchLoop, WATCHDOG_EVERY_MS, type WatchdogStep } from './polling/watchdog.ts';
export { type ByIdCandidate, type ByIdFacts, chooseById } from './polling/choose-by-id.ts';
export {
  type Cadence,
  decideCadence,
  decideNextPoll,
  type PollDecision,
  type PollReason,
} from './polling/decide-next-poll.ts';
export { type LoadFacts, type LoadProjection, projectLoad } from './polling/project-load.ts';
export { listWindow, restingIntervalMs, restingOrders, type SweepFacts, type SweepMemory } from './polling/sweep.ts';
export { DEFAULT_POLL_SETTINGS, type PollSettings } from './polling/poll-settings.ts';
export { isPast } from './polling/is-past.ts';
export { pollWindow, type PollWindow, windowCovers } from './polling/poll-window.ts';
export { pollerReadiness, type Readiness, type ReadinessFacts } from './polling/poller-readiness.ts';
export { isStuck, POLLER_STATES, type PollerState, pollerStateAt, type PollerTraces } from './polling/poller-state.ts';
export { STATUS_RULE } from './reconciliation/status-rule.ts';
export { type ChainLeg, type ChainOrder, chainOrderOf } from './chain/chain-order.ts';
export { checkCorrection, type CorrectionRefusal } from './chain/check-correction.ts';
export { type AmbiguousReplacement, inferReplacements, type Replacements } from './chain/infer-replacements.ts';
export { chainOf, type ChainLegTotal, type ReplacementChain } from './chain/replacement-chain.ts';
export type { ReplacementCorrection, ReplacementLink } from './chain/replacement-link.ts';
export { isOutsideAnySession } from './market/session-of-fill.ts';
export { blindSpotWindows, historyWindows, isNearingWindowLimit, splitWindow } from './polling/poll-window.ts';
export { nextRecheckAt } from './polling/recheck-ladder.ts';
export { isUnproved, unprovedIntervalMs } from './polling/unproved-order.ts';
export type { LegComparison, WitnessedExecution, WitnessTotal } from './verification/compare-leg.ts';
export {
  compareWithTransactions,
  type OrderComparison,
  type OrderOnRecord,
  type Verdict,
} from './verification/compare-with-transactions.ts';
export {
  certifyDay,
  type ComparedOrder,
  type DayCertificate,
  type DayDifference,
  type DayEvidence,
  type OrderId,
  type Traded,
} from './verification/day-certificate.ts';
export { compareWithMarket, type MarketRange, type MinuteCandle } from './verification/market-range.ts';
export type { TradeTransaction } from './verification/trade-transaction.ts';
export type { MissingAccount } from './alerts/account-alerts.ts';
export { ALERT_CAUSES, type AlertCause, type AlertSeverity, runbookOf, severityOf } from './alerts/alert-cause.ts';
export { type AlertChanges, diffAlerts } from './alerts/diff-alerts.ts';
export { durationText } from './alerts/duration-text.ts';
export { type DayOrder, type FlaggedOrder, NEWS_FOR_MS } from './alerts/order-alerts.ts';
export { isSightWhole, type SightFacts } from './alerts/is-sight-whole.ts';
export { type FailedWrites, RECORD_CAUSES, recordAlerts, type RecordFacts } from './alerts/record-alerts.ts';
export type { StandingAlert } from './alerts/standing-alert.ts';
export { WATCHER_CAUSES, watcherAlerts } from './alerts/watcher-alerts.ts';
export { type DeadManFacts, isPingDue } from './notices/dead-man.ts';
export { type DeliveryAnswer, decideDelivery } from './notices/delivery-retry.ts';
