import { describe, expect, it } from 'vitest';
import { SECOND } from '../instant.ts';
import { watcherAlerts, type WatcherFacts } from './watcher-alerts.ts';

const NOW = 1_000_000_000;

const facts = (part: Partial<WatcherFacts['traces']>, rest: Partial<WatcherFacts> = {}): WatcherFacts => ({
  traces: { heartbeatAt: NOW, leaseUntil: NOW + 10 * SECOND, cycleStartedAt: null, nextPollAt: null, ...part },
  watchedSince: 0,
  slowSince: null,
  workingOrders: 3,
  ...rest,
});
const causes = (of: WatcherFacts) => watcherAlerts(of, NOW).map(({ cause }) => cause);

describe('a poller that is watched from outside', () => {
  it('is down 15 s after its last heartbeat', () => {
    const lost = (ago: number) => facts({ heartbeatAt: NOW - ago, leaseUntil: NOW - ago + 10 * SECOND });
    expect(causes(lost(14 * SECOND))).toEqual([]);
    expect(causes(lost(15 * SECOND))).toEqual(['poller-down']);
    expect(watcherAlerts(lost(15 * SECOND), NOW)[0]?.summary).toBe(
      'No poller has been at work for 15 s: its heartbeat was lost. 3 working orders go unwatched.',
    );
  });

  it('is down a minute after it gave its lease back: a restart takes less', () => {
    const stopped = (ago: number) => facts({ heartbeatAt: NOW - ago, leaseUntil: NOW - ago });
    expect(causes(stopped(59 * SECOND))).toEqual([]);
    expect(causes(stopped(60 * SECOND))).toEqual(['poller-down']);
  });

  it('is not judged by what its watcher slept through', () => {
    const since = (ago: number) =>
      facts({ heartbeatAt: NOW - 3_600 * SECOND, leaseUntil: NOW - 3_590 * SECOND }, { watchedSince: NOW - ago });
    expect(causes(since(14 * SECOND))).toEqual([]);
    expect(causes(since(15 * SECOND))).toEqual(['poller-down']);
  });

  it('is slow when its loop has overrun what it announced for a while', () => {
    const overdue = { nextPollAt: NOW - 60 * SECOND };
    expect(causes(facts(overdue, { slowSince: NOW - 9 * SECOND }))).toEqual([]);
    expect(causes(facts(overdue, { slowSince: NOW - 10 * SECOND }))).toEqual(['poller-slow']);
    expect(causes(facts({}, { slowSince: NOW - 10 * SECOND }))).toEqual([]);
  });

  it('is no alarm before it has ever worked', () => {
    expect(causes(facts({ heartbeatAt: null, leaseUntil: null }))).toEqual([]);
  });
});
