import { describe, expect, it } from 'vitest';
import { SECOND } from '../instant.ts';
import { MONDAY_TEN } from '../testing/builders.ts';
import { type PollerState, pollerStateAt, type PollerTraces } from './poller-state.ts';

const NOW = MONDAY_TEN;

/** A poller that holds the lease and sleeps until a poll in five seconds, unless overridden. */
function stateOf(traces: Partial<PollerTraces>): PollerState {
  const sleeping = {
    heartbeatAt: NOW - SECOND,
    leaseUntil: NOW + 1,
    cycleStartedAt: null,
    nextPollAt: NOW + 5 * SECOND,
  };
  return pollerStateAt({ ...sleeping, ...traces }, NOW);
}

describe('pollerStateAt', () => {
  it.each<[string, PollerState, Partial<PollerTraces>]>([
    ['sleeps until its next poll', 'running', {}],
    ['waits for a command alone', 'running', { nextPollAt: null }],
    ['is a little late', 'running', { nextPollAt: NOW - 10 * SECOND }],
    ['is later than it ever should be', 'stuck', { nextPollAt: NOW - 10 * SECOND - 1 }],
    [
      'is in a long cycle, whatever was announced before',
      'running',
      { cycleStartedAt: NOW - 120 * SECOND, nextPollAt: 0 },
    ],
    ['is in a cycle that does not end', 'stuck', { cycleStartedAt: NOW - 120 * SECOND - 1 }],
    ['let its lease run out', 'stopped', { leaseUntil: NOW }],
    ['gave its lease back', 'stopped', { leaseUntil: null }],
    ['was stuck when its lease ran out', 'stopped', { leaseUntil: NOW - 1, nextPollAt: 0 }],
    ['never beat', 'never-started', { heartbeatAt: null, leaseUntil: null, nextPollAt: null }],
  ])('a poller that %s is %s', (_name, expected, traces) => {
    expect(stateOf(traces)).toBe(expected);
  });
});
