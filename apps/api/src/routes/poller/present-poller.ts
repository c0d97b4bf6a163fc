import { type HealthEvent, loadOf, type PollerHealth } from '@fill-tracker/contract';
import {
  type AlertMark,
  type BlindSpotSummary,
  type ErrorStreak,
  lastSweepAt,
  type LeaseView,
  pollerStateOf,
  presentBlindness,
  presentSignIn,
  readingsOf,
  requestsWithin,
  type SignIn,
  type StoredCycle,
  summariseLatencies,
  tracesOf,
} from '@fill-tracker/db';
import { HOUR, type Instant, marketMoment, MINUTE, POLLER_STATES, SECOND } from '@fill-tracker/domain';
import type { ApiConfig } from '../../config/api-config.ts';
import { presentCycle } from '../cycles/present-cycle.ts';

/** What the product promises: a fill is in the record this soon. */
const DETECTION_OBJECTIVE_MS = 30 * SECOND;

/** What a beat of the event stream tells, and the page of the poller too. */
export interface PollerFacts {
  readonly lease: LeaseView;
  readonly lastCycle: StoredCycle | null;
  readonly lastCompleteAt: Instant | null;
  readonly alerts: AlertMark;
}

/** What only the page of the poller needs. */
export interface PollerHistory {
  /** Those of the last hour. */
  readonly cycles: readonly StoredCycle[];
  readonly errorStreak: ErrorStreak | null;
  readonly latencies: readonly number[];
  /** Fills that a blind spot kept out of sight. */
  readonly foundLate: number;
  readonly blindness: BlindSpotSummary;
  readonly signIn: SignIn | null;
  /** Orders that would go untracked without a sign-in. */
  readonly workingOrders: number;
}

/** The poller in short: what a dashboard needs to tell fresh from stale. */
export function presentHealth(
  { lease, lastCycle, lastCompleteAt, alerts }: PollerFacts,
  config: ApiConfig,
  now: Instant,
) {
  const state = pollerStateOf(lease, now);
  const market = marketMoment(config.calendar, now);
  return {
    now: timeText(now),
    state,
    heartbeatAt: timeTextOrNull(lease.heartbeatAt),
    lastCycleAt: timeTextOrNull(lastCycle?.lastFinishedAt ?? null),
    lastCycleOutcome: lastCycle?.outcome ?? null,
    lastCompleteAt: timeTextOrNull(lastCompleteAt),
    lastSweepAt: timeTextOrNull(lastSweepAt(lease)),
    nextPollAt: state === 'running' ? timeTextOrNull(tracesOf(lease).nextPollAt) : null,
    marketPhase: market.phase,
    marketChangesAt: timeTextOrNull(market.nextChange?.at ?? null),
    marketNextPhase: market.nextChange?.phase ?? null,
    openAlerts: alerts.open,
    lastAlertId: alerts.lastId,
  } satisfies HealthEvent;
}

/** Everything about the poller. */
export function presentPoller(
  facts: PollerFacts,
  history: PollerHistory,
  config: ApiConfig,
  now: Instant,
): PollerHealth {
  const { lease, lastCycle } = facts;
  const { lastCycleAt: _at, lastCycleOutcome: _outcome, ...health } = presentHealth(facts, config, now);
  const { requestsLastMinute, clockSkewMs, clockSkewUncertaintyMs } = readingsOf(lease, now);
  const isHeld = health.state === 'running' || health.state === 'stuck';
  const reason = lease.progress?.['nextPollReason'];
  return {
    ...health,
    explanation: POLLER_STATES[health.state],
    demo: config.isDemo,
    broker: config.broker.baseUrl,
    leaseHolder: isHeld ? lease.owner : null,
    leaseExpiresAt: isHeld ? timeTextOrNull(lease.expiresAt) : null,
    fencing: lease.fencing,
    cycleStartedAt: isHeld ? timeTextOrNull(tracesOf(lease).cycleStartedAt) : null,
    nextPollReason: health.state === 'running' && typeof reason === 'string' ? reason : null,
    load: health.state === 'running' ? loadOf(lease.progress) : null,
    marketCalendar: config.calendar.name,
    lastCycle: lastCycle && presentCycle(lastCycle),
    requests: {
      lastMinute: requestsLastMinute ?? requestsWithin(history.cycles, now, MINUTE),
      lastHour: requestsWithin(history.cycles, now, HOUR),
      perMinuteLimit: config.requestsPerMinute,
    },
    errorStreak: history.errorStreak && presentStreak(history.errorStreak),
    blindness: presentBlindness(history.blindness),
    detectionLatency: summariseLatencies(history.latencies, history.foundLate),
    detectionObjectiveMs: DETECTION_OBJECTIVE_MS,
    signIn: presentSignIn({ ...history, isDemo: config.isDemo }, now),
    clockSkewMs,
    clockSkewUncertaintyMs,
  };
}

function presentStreak({ cycles, since, kinds }: ErrorStreak): NonNullable<PollerHealth['errorStreak']> {
  return { cycles, since: timeText(since), kinds: kinds.map(({ kind, cycles: count }) => ({ kind, cycles: count })) };
}

function timeText(at: Instant): string {
  return new Date(at).toISOString();
}

function timeTextOrNull(at: Instant | null): string | null {
  return at === null ? null : timeText(at);
}
