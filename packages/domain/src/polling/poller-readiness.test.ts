import { expect, it } from 'vitest';
import { pollerReadiness, READY_MARGIN_MS, type ReadinessFacts } from './poller-readiness.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');
const MINUTE = 60_000;

/** Between two polls, all well. */
const AT_WORK: ReadinessFacts = {
  state: 'polling',
  leaseSeenAt: null,
  cycleStartedAt: null,
  nextPollAt: NOW + 1_000,
  lastCompleteAt: NOW - 4_000,
  completeUntil: NOW + 1_000,
  lastErrorKind: null,
};

const FAILING: Partial<ReadinessFacts> = {
  lastCompleteAt: NOW - MINUTE,
  completeUntil: NOW - MINUTE + 5_000,
  lastErrorKind: 'timeout',
};

it.each<[string, Partial<ReadinessFacts>]>([
  ['between two polls', {}],
  [
    'in a cycle that has just begun',
    { cycleStartedAt: NOW - 3_000, nextPollAt: NOW - 3_000, completeUntil: NOW - 3_000 },
  ],
  ['through a long rest that was announced', { lastCompleteAt: NOW - 60 * MINUTE, completeUntil: NOW + MINUTE }],
  ['while it waits for a command alone', { nextPollAt: null, completeUntil: null, lastCompleteAt: NOW - 60 * MINUTE }],
  ['after one failed cycle', { completeUntil: NOW - READY_MARGIN_MS, lastErrorKind: 'timeout' }],
  ['as a standby that looks at the lease', { state: 'standby', leaseSeenAt: NOW - 1_000, lastCompleteAt: null }],
])('is ready %s', (_when, changes) => {
  expect(pollerReadiness({ ...AT_WORK, ...changes }, NOW)).toMatchObject({ ready: true });
});

it.each<[string, Partial<ReadinessFacts>, string, RegExp]>([
  ['while it starts', { state: 'starting' }, 'role', /^starting/],
  ['once it has stopped', { state: 'stopped' }, 'role', /^stopped/],
  ['as a standby that never saw the lease', { state: 'standby' }, 'role', /database is in trouble/],
  ['as a standby whose look fails', { state: 'standby', leaseSeenAt: NOW - 11_000 }, 'role', /database is in trouble/],
  ['when a cycle does not end', { cycleStartedAt: NOW - 3 * MINUTE }, 'loop', /restart/],
  ['when the next poll is long overdue', { nextPollAt: NOW - MINUTE }, 'loop', /restart/],
  ['before the first complete cycle', { lastCompleteAt: null, lastErrorKind: 'network' }, 'examined', /met network$/],
  ['when cycles have failed for long', FAILING, 'examined', /for 60 s; the last cycle met timeout$/],
  ['just past the margin', { completeUntil: NOW - READY_MARGIN_MS - 1 }, 'examined', /for 4 s$/],
])('is not ready %s, and says so', (_when, changes, name, detail) => {
  const { ready, conditions } = pollerReadiness({ ...AT_WORK, ...changes }, NOW);
  expect(ready).toBe(false);
  expect(conditions.filter(({ ok }) => !ok)).toEqual([{ name, ok: false, detail: expect.stringMatching(detail) }]);
});
