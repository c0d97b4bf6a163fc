import { loadOf, type PollerStatus } from '@fill-tracker/contract';
import {
  type FillDatabase,
  pollerStateOf,
  presentBlindness,
  presentSignIn,
  readingsOf,
  requestsWithin,
  summariseLatencies,
  tracesOf,
} from '@fill-tracker/db';
import { HOUR, type Instant, marketMoment, MINUTE, POLLER_STATES } from '@fill-tracker/domain';
import type { PollerConfig } from '../config/poller-config.ts';
import { presentCycle } from './present-cycle.ts';

/** Over how long detection is measured. */
const LATENCY_WINDOW_MS = 24 * HOUR;

/** How the poller stands, by the record alone: no broker is asked, and no poller. */
export async function readStatus(db: FillDatabase, config: PollerConfig, now: Instant): Promise<PollerStatus> {
  const [lease, [lastCycle], orders, ...history] = await Promise.all([
    db.readLease(),
    db.lastCycles(1),
    db.countOrders(),
    db.lastCompleteCycleAt(),
    db.cyclesEndedAfter(now - HOUR),
    db.errorStreak(),
    db.detectionLatenciesSince(now - LATENCY_WINDOW_MS),
    db.readSignIn(),
    db.countLateFillsSince(now - LATENCY_WINDOW_MS),
    db.summariseBlindSpots(now),
    db.readAlertMark(),
  ]);
  const [lastCompleteAt, cycles, streak, latencies, signIn, foundLate, blindSpots, alerts] = history;
  const state = pollerStateOf(lease, now);
  const market = marketMoment(config.calendar, now);
  const reason = lease.progress?.['nextPollReason'];
  const { requestsLastMinute, clockSkewMs, clockSkewUncertaintyMs } = readingsOf(lease, now);
  return {
    state,
    explanation: POLLER_STATES[state],
    demo: config.isDemo,
    broker: config.brokerUrl,
    database: db.file,
    leaseHolder: state === 'running' || state === 'stuck' ? lease.owner : null,
    heartbeatAt: time(lease.heartbeatAt),
    nextPollAt: state === 'running' ? time(tracesOf(lease).nextPollAt) : null,
    nextPollReason: state === 'running' && typeof reason === 'string' ? reason : null,
    marketPhase: market.phase,
    marketChangesAt: time(market.nextChange?.at ?? null),
    load: state === 'running' ? loadOf(lease.progress) : null,
    lastCycle: lastCycle === undefined ? null : presentCycle({ ...lastCycle, finishedAt: lastCycle.lastFinishedAt }),
    orders,
    lastCompleteAt: time(lastCompleteAt),
    requests: {
      lastMinute: requestsLastMinute ?? requestsWithin(cycles, now, MINUTE),
      lastHour: requestsWithin(cycles, now, HOUR),
      perMinuteLimit: config.requestsPerMinute,
    },
    errorStreak: streak && {
      cycles: streak.cycles,
      since: new Date(streak.since).toISOString(),
      kinds: [...streak.kinds],
    },
    detectionLatency: summariseLatencies(latencies, foundLate),
    signIn: presentSignIn({ signIn, workingOrders: orders.pending, isDemo: config.isDemo }, now),
    clockSkewMs,
    clockSkewUncertaintyMs,
    blindness: presentBlindness(blindSpots),
    openAlerts: alerts.open,
    lastAlertId: alerts.lastId,
  };
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
