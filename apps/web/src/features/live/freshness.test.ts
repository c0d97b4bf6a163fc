import { describe, expect, it } from 'vitest';
import { aHealthEvent } from '../../testing/builders.ts';
import { judgeFreshness } from './freshness.ts';
import type { LiveSnapshot } from './live-store.ts';

const SERVER_NOW = Date.parse('2026-01-05T15:00:00.000Z');
/** This machine's clock runs ten minutes late; no judgement may depend on it. */
const OFFSET = 600_000;
const HERE = SERVER_NOW - OFFSET;

function live(health: Parameters<typeof aHealthEvent>[0] = {}, part: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return { connection: 'live', lastWordAt: HERE, clockOffsetMs: OFFSET, health: aHealthEvent(health), ...part };
}

describe('judgeFreshness', () => {
  it('knows nothing before the first word', () => {
    expect(judgeFreshness(live({}, { health: null, lastWordAt: null }), HERE)).toEqual({ state: 'unknown' });
  });

  it('trusts a running poller that was heard just now', () => {
    expect(judgeFreshness(live(), HERE + 15_000)).toEqual({ state: 'fresh' });
  });

  it('says since when the server is silent, by the clock of the server', () => {
    expect(judgeFreshness(live(), HERE + 15_001)).toEqual({ state: 'stale', why: 'unreachable', asOf: SERVER_NOW });
  });

  it.each(['stopped', 'stuck', 'never-started'] as const)('calls the orders old when the poller is %s', (state) => {
    const judged = judgeFreshness(live({ state, lastCompleteAt: '2026-01-05T14:00:00.000Z' }), HERE);
    expect(judged).toEqual({ state: 'stale', why: state, asOf: Date.parse('2026-01-05T14:00:00.000Z') });
  });

  it.each([
    ['failed', '2026-01-05T14:59:31.000Z', 'fresh'],
    ['failed', '2026-01-05T14:59:29.000Z', 'stale'],
    ['partial', '2026-01-05T14:59:29.000Z', 'stale'],
    ['failed', null, 'stale'],
    // Outside market hours minutes pass between cycles, by choice.
    ['complete', '2026-01-05T14:50:00.000Z', 'fresh'],
    [null, null, 'fresh'],
  ] as const)('with the last cycle %s and the last complete one at %s the orders are %s', (outcome, at, state) => {
    expect(judgeFreshness(live({ lastCycleOutcome: outcome, lastCompleteAt: at }), HERE).state).toBe(state);
  });
});
