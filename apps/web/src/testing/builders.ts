import {
  type Alert,
  alert,
  type AuditRecord,
  auditRecord,
  type BlindSpot,
  blindSpot,
  type CommandReport,
  commandReport,
  type Cycle,
  cycle,
  type FullFill,
  type FullOrder,
  fullOrder,
  type HealthEvent,
  healthEvent,
  type ListedOrder,
  listedOrder,
  type OrderPage,
  orderPage,
  type PollerHealth,
  type Orphans,
  orphans,
  pollerHealth,
  type SignInStatus,
  signInStatus,
  type Summary,
  summary,
} from '@fill-tracker/contract';

/** The instant of every built answer, a Monday, half an hour after the market opened. */
export const NOW = '2026-01-05T15:00:00.000Z';

/** Every builder passes its schema: what the tests answer with is what the contract allows. */
export function aHealthEvent(part: Partial<HealthEvent> = {}): HealthEvent {
  return healthEvent.parse({
    now: NOW,
    state: 'running',
    heartbeatAt: NOW,
    lastCycleAt: '2026-01-05T14:59:57.000Z',
    lastCycleOutcome: 'complete',
    lastCompleteAt: '2026-01-05T14:59:57.000Z',
    lastSweepAt: '2026-01-05T14:59:50.000Z',
    nextPollAt: '2026-01-05T15:00:02.000Z',
    marketPhase: 'regular',
    marketChangesAt: '2026-01-05T21:00:00.000Z',
    marketNextPhase: 'post',
    openAlerts: 0,
    lastAlertId: 0,
    ...part,
  });
}

export function anAlert(part: Partial<Alert> = {}): Alert {
  return alert.parse({
    id: 1,
    cause: 'broker-unreachable',
    subject: '',
    severity: 'critical',
    summary: 'Schwab has not answered as it should for 40 s. 2 working orders go unwatched.',
    meaning: 'Schwab does not answer, or answers with errors of its own.',
    remedy: "Check this machine's network and Schwab's status page. The poller goes on trying.",
    runbook: 'docs/runbook.md#broker-unreachable',
    orderId: null,
    since: '2026-01-05T14:50:00.000Z',
    raisedAt: '2026-01-05T14:50:30.000Z',
    clearedAt: null,
    clearedNote: null,
    fillsFoundLate: null,
    ...part,
  });
}

export function anAuditRecord(part: Partial<AuditRecord> = {}): AuditRecord {
  return auditRecord.parse({
    seq: 1,
    kind: 'PRICE_CHANGED',
    before: { filledQuantity: '40', averagePrice: '22.7299' },
    after: { filledQuantity: '60', averagePrice: '22.73' },
    reason: 'the broker reported 1 new fill',
    recordedAt: NOW,
    actor: 'poller',
    cycleId: 12,
    orderId: 1,
    brokerOrderId: '1059685024001',
    symbol: 'GME',
    ...part,
  });
}

/** A working order of 100 GME of which 40 have filled. */
export function anOrder(part: Partial<ListedOrder> = {}): ListedOrder {
  return listedOrder.parse({
    id: 1,
    account: { id: 'A1', maskedNumber: '…4321' },
    brokerOrderId: '1059685024001',
    symbol: 'GME',
    instruction: 'BUY',
    assetType: 'EQUITY',
    orderType: 'LIMIT',
    orderSession: 'NORMAL',
    duration: 'DAY',
    quantity: '100',
    limitPrice: '22.8',
    stopPrice: null,
    filledQuantity: '40',
    averagePrice: '22.7299',
    netPrice: null,
    priceCents: 2273,
    sum: '909.196',
    status: 'PENDING',
    outcome: null,
    brokerStatus: 'WORKING',
    legCount: 1,
    fillCount: 1,
    source: 'TRACKED',
    enteredAt: '2026-01-05T14:58:00.000Z',
    closedAt: null,
    firstSeenAt: '2026-01-05T14:58:01.000Z',
    lastChangedAt: '2026-01-05T14:59:01.000Z',
    lastCheckedAt: '2026-01-05T14:59:57.000Z',
    lookedAtWith: 'EACH_LOOK',
    detectionLatencyMs: 1432,
    flags: [],
    verdict: null,
    ...part,
  });
}

/** The same order, all of it filled. */
export function aFilledOrder(part: Partial<ListedOrder> = {}): ListedOrder {
  return anOrder({
    status: 'COMPLETED',
    outcome: 'FILLED',
    brokerStatus: 'FILLED',
    filledQuantity: '100',
    averagePrice: '22.53457867',
    sum: '2253.457867',
    closedAt: '2026-01-05T14:59:30.000Z',
    ...part,
  });
}

export function aFill(part: Partial<FullFill> = {}): FullFill {
  return {
    key: 'a1',
    legId: '1',
    price: '22.7299',
    quantity: '40',
    occurredAt: '2026-01-05T14:59:00.000Z',
    observedAt: '2026-01-05T14:59:01.200Z',
    committedAt: '2026-01-05T14:59:01.432Z',
    version: 1,
    foundLate: null,
    ...part,
  };
}

export function aFullOrder(part: Partial<FullOrder> = {}): FullOrder {
  const row = anOrder(part);
  return fullOrder.parse({
    ...row,
    statusDescription: null,
    legs: [
      {
        legId: '1',
        instruction: 'BUY',
        symbol: 'GME',
        assetType: 'EQUITY',
        quantity: '100',
        filledQuantity: '40',
        sum: '909.196',
        averagePrice: '22.7299',
      },
    ],
    fills: [aFill()],
    withdrawnFills: [],
    resolution: null,
    verification: null,
    audit: [
      {
        seq: 2,
        kind: 'FILL_RECORDED',
        before: null,
        after: { price: '22.7299', quantity: '40' },
        reason: 'the broker reported it',
        recordedAt: '2026-01-05T14:59:01.432Z',
        actor: 'poller',
        cycleId: 12,
      },
    ],
    chain: [row],
    chainLinks: [],
    chainTotals: null,
    chainAmbiguous: [],
    evidence: [
      {
        hash: 'e3b0c442',
        requestedAt: '2026-01-05T14:59:01.000Z',
        correlationId: 'c0ffee',
        body: '{"orderId":1059685024001,"price":22.80}',
      },
    ],
    ...part,
  });
}

export function aPage(items: readonly ListedOrder[], part: Partial<OrderPage> = {}): OrderPage {
  return orderPage.parse({ items, nextCursor: null, total: items.length, totalIsCapped: false, ...part });
}

export function aSummary(part: Partial<Summary> = {}): Summary {
  return summary.parse({
    now: NOW,
    demo: false,
    counts: { pending: 1, completed: 1, failed: 0, attention: 0, all: 2 },
    filledToday: { date: '2026-01-05', orders: 1 },
    detectionLatency: { fills: 3, foundLate: 0, averageMs: 1100, p50Ms: 900, p95Ms: 2100, p99Ms: 2300 },
    openAlerts: 0,
    attention: [],
    lastSeq: 40,
    ...part,
  });
}

export function aCycle(part: Partial<Cycle> = {}): Cycle {
  return cycle.parse({
    id: 1,
    fencing: 3,
    startedAt: '2026-01-05T14:59:56.800Z',
    finishedAt: '2026-01-05T14:59:57.000Z',
    lastFinishedAt: '2026-01-05T14:59:57.000Z',
    outcome: 'complete',
    repeatCount: 1,
    due: 2,
    examined: 2,
    listed: 5,
    changed: 0,
    requests: 1,
    errorKind: null,
    note: null,
    longestPauseMs: 5000,
    ...part,
  });
}

/** Half a minute without the broker, made up for. */
export function aBlindSpot(part: Partial<BlindSpot> = {}): BlindSpot {
  return blindSpot.parse({
    id: 1,
    beganAt: '2026-01-05T14:30:00.000Z',
    endedAt: '2026-01-05T14:30:30.000Z',
    cause: 'network',
    explanation: 'the broker could not be reached',
    also: [],
    backfilledAt: '2026-01-05T14:30:31.000Z',
    lateFills: 0,
    ...part,
  });
}

export function aPoller(part: Partial<PollerHealth> = {}): PollerHealth {
  return pollerHealth.parse({
    now: NOW,
    state: 'running',
    explanation: 'At work: it looked at the broker 3 s ago.',
    demo: false,
    broker: 'https://api.schwabapi.com',
    leaseHolder: 'desk:4711',
    heartbeatAt: NOW,
    nextPollAt: '2026-01-05T15:00:02.000Z',
    nextPollReason: 'an order is young',
    marketPhase: 'regular',
    marketChangesAt: '2026-01-05T21:00:00.000Z',
    marketNextPhase: 'post',
    load: {
      workingOrders: 143,
      worstCaseMs: 2_240,
      restingWorstCaseMs: null,
      requestsPerMinute: 26,
      allowedPerMinute: 80,
      reason: 'young-orders',
    },
    marketCalendar: 'NYSE',
    fencing: 3,
    leaseExpiresAt: '2026-01-05T15:00:09.000Z',
    cycleStartedAt: null,
    lastCycle: aCycle(),
    lastCompleteAt: '2026-01-05T14:59:57.000Z',
    lastSweepAt: '2026-01-05T14:59:50.000Z',
    requests: { lastMinute: 24, lastHour: 900, perMinuteLimit: 80 },
    errorStreak: null,
    blindness: { open: null, lastDay: { spots: 0, totalMs: 0 }, toBackfill: 0 },
    detectionLatency: { fills: 3, foundLate: 0, averageMs: 1100, p50Ms: 900, p95Ms: 2100, p99Ms: 2300 },
    detectionObjectiveMs: 30_000,
    clockSkewMs: 12,
    clockSkewUncertaintyMs: 40,
    signIn: { signedInAt: '2026-01-02T14:12:00.000Z', expiresAt: '2026-01-09T14:12:00.000Z', warning: null },
    openAlerts: 0,
    lastAlertId: 0,
    ...part,
  });
}

export function aReport(part: Partial<CommandReport> = {}): CommandReport {
  return commandReport.parse({
    commandId: 9,
    kind: 'REPOLL',
    state: 'DONE',
    outcome: {
      found: true,
      status: 'PENDING',
      brokerStatus: 'WORKING',
      filledQuantity: '60',
      averagePrice: '22.7299',
      newFills: 0,
      changed: false,
    },
    pollerState: 'running',
    orderId: 1,
    brokerOrderId: '1059685024001',
    requestedAt: NOW,
    appliedAt: NOW,
    ...part,
  });
}

/** Nothing that only the broker, or only the record, knows. */
export function noOrphans(part: Partial<Orphans> = {}): Orphans {
  return orphans.parse({
    untracked: [],
    untrackedIsCapped: false,
    unknownToBroker: [],
    unknownToBrokerIsCapped: false,
    ...part,
  });
}

export function aSignInStatus(part: Partial<SignInStatus> = {}): SignInStatus {
  return signInStatus.parse({
    signIn: { signedInAt: '2026-01-02T14:12:00.000Z', expiresAt: '2026-01-09T14:12:00.000Z', warning: null },
    link: 'https://api.schwabapi.com/v1/oauth/authorize?state=abc',
    linkExpiresAt: '2026-01-05T15:15:00.000Z',
    explanation: 'Open the link, sign in at Schwab and allow the app.',
    workingOrders: 3,
    ...part,
  });
}
