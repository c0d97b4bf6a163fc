import { type PollerStatus, pollerStatus } from '@fill-tracker/contract';
import { describe, expect, it } from 'vitest';
import { statusText } from './status-text.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');
const at = (afterMs: number): string => new Date(NOW + afterMs).toISOString();
const DAY = 86_400_000;

function aStatus(changes: Partial<PollerStatus> = {}): PollerStatus {
  return pollerStatus.parse({
    state: 'running',
    explanation: 'The poller is at work.',
    demo: false,
    broker: 'https://api.schwabapi.com',
    database: '/srv/fills/data/fills.db',
    leaseHolder: 'desk:4711:9f2c',
    heartbeatAt: at(-1_200),
    nextPollAt: at(800),
    nextPollReason: 'regular-hours',
    marketPhase: 'regular',
    marketChangesAt: at(6 * 3_600_000),
    lastCycle: {
      startedAt: at(-4_300),
      finishedAt: at(-4_200),
      outcome: 'complete',
      due: 12,
      examined: 12,
      changed: 0,
      requests: 1,
      errorKind: null,
    },
    orders: { pending: 12, completed: 340, failed: 17, attention: 0 },
    lastCompleteAt: at(-4_200),
    requests: { lastMinute: 14, lastHour: 840, perMinuteLimit: 80 },
    errorStreak: null,
    detectionLatency: { fills: 31, foundLate: 0, averageMs: 900, p50Ms: 700, p95Ms: 1_900, p99Ms: 2_400 },
    signIn: { signedInAt: at(-2 * DAY), expiresAt: at(5 * DAY), warning: null },
    clockSkewMs: 40,
    clockSkewUncertaintyMs: 30,
    load: {
      workingOrders: 12,
      worstCaseMs: 5_300,
      restingWorstCaseMs: null,
      requestsPerMinute: 12,
      allowedPerMinute: 80,
      reason: 'regular-hours',
    },
    blindness: { open: null, lastDay: { spots: 0, totalMs: 0 }, toBackfill: 0 },
    openAlerts: 0,
    lastAlertId: 0,
    ...changes,
  });
}

const FAILING: Partial<PollerStatus> = {
  errorStreak: { cycles: 12, since: at(-90_000), kinds: [{ kind: 'sign-in-needed', cycles: 12 }] },
  signIn: { signedInAt: at(-8 * DAY), expiresAt: at(-DAY), warning: 'The sign-in at Schwab has ended.' },
  clockSkewMs: 3_600_000,
};

it('says how all stands, in a line each, and nothing to do when nothing is', () => {
  expect(statusText(aStatus(), NOW)).toBe(
    [
      'The poller is at work.',
      '  held by     desk:4711:9f2c, heartbeat 1.2 s ago',
      '  last cycle  complete, 4.2 s ago, 12 of 12 due orders examined',
      '  next poll   in 0.8 s (regular-hours)',
      '  errors      none',
      '  market      regular hours, changes in 6 h (2026-01-12 21:00 UTC)',
      '  orders      12 pending, 340 completed, 17 failed, 0 need attention',
      '  calls       14 of 80 in the last minute',
      '  load        12 working orders: a fill is known within 5.3 s, 12 of 80 calls a',
      '              minute',
      '  detection   p50 0.7 s, p95 1.9 s, p99 2.4 s, at most (31 fills within 24 h)',
      '  blind       not within 24 h',
      '  alerts      none',
      '  sign-in     ends in 5 days (2026-01-17 15:00 UTC); 12 working orders',
      "  clock       0.04 s ahead of Schwab's, to within 0.03 s",
      '  record      /srv/fills/data/fills.db',
      '  broker      https://api.schwabapi.com',
    ].join('\n'),
  );
});

describe('says what to do', () => {
  it.each<[string, Partial<PollerStatus>, RegExp]>([
    [
      'about cycles that fail',
      FAILING,
      /errors {6}12 cycles in a row since 1 min ago: sign-in-needed 12[^]*Sign in again/,
    ],
    ['about a sign-in that ended', FAILING, /sign-in {5}ended \([^]*The sign-in at Schwab has ended\./],
    ['about a clock an hour ahead', FAILING, /clock {7}3600\.00 s ahead[^]*an hour ahead means an hour/],
    ['about a poller that is down', { state: 'stopped', leaseHolder: null }, /nobody, last heartbeat[^]*poller doctor/],
    [
      'about odd orders',
      { orders: { pending: 1, completed: 0, failed: 0, attention: 2 } },
      /orders --status attention.*poller show ID/,
    ],
    ['about alerts', { openAlerts: 2 }, /alerts {6}2 open[^]*`poller alerts`/],
    [
      'about an unknown failure',
      { errorStreak: { cycles: 1, since: at(0), kinds: [{ kind: 'odd', cycles: 1 }] } },
      /\(odd\)/,
    ],
  ])('%s', (_what, changes, words) => {
    expect(statusText(aStatus(changes), NOW).replaceAll(/\n {4,}/g, ' ')).toMatch(words);
  });
});

it.each<[string, PollerStatus['blindness']]>([
  [
    'since 1 min ago: Schwab does not answer',
    {
      open: { beganAt: at(-90_000), cause: 'timeout', explanation: 'Schwab does not answer' },
      lastDay: { spots: 1, totalMs: 90_000 },
      toBackfill: 0,
    },
  ],
  [
    'once within 24 h, 2 min in all; made up for',
    { open: null, lastDay: { spots: 1, totalMs: 120_000 }, toBackfill: 0 },
  ],
  [
    '3 times within 24 h, 2 min in all; made up for',
    { open: null, lastDay: { spots: 3, totalMs: 120_000 }, toBackfill: 0 },
  ],
  [
    '3 times within 24 h, 2 min in all; 1 still being made up for',
    { open: null, lastDay: { spots: 3, totalMs: 120_000 }, toBackfill: 1 },
  ],
])('says when it could not see: %s', (words, blindness) => {
  expect(statusText(aStatus({ blindness }), NOW).replaceAll(/\n {4,}/g, ' ')).toContain(`  blind       ${words}`);
});

it('has words for a record nobody has worked on', () => {
  const text = statusText(
    aStatus({
      state: 'never-started',
      leaseHolder: null,
      heartbeatAt: null,
      lastCycle: null,
      lastCompleteAt: null,
      signIn: null,
      clockSkewMs: null,
      clockSkewUncertaintyMs: null,
      detectionLatency: { fills: 0, foundLate: 0, averageMs: null, p50Ms: null, p95Ms: null, p99Ms: null },
    }),
    NOW,
  );
  for (const words of ['nobody\n', 'none yet', 'no fills', 'nobody has signed in', 'not compared']) {
    expect(text).toContain(words);
  }
});

it.each([aStatus(), aStatus(FAILING)])('fits into 80 columns', (status) => {
  for (const line of statusText(status, NOW).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
