import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Lane } from '../operation.ts';
import { admit, afterAttempt, CLOSED, MAX_PAUSE_MS, OUTAGES_TO_OPEN } from './circuit.ts';
import type { Caller, Circuit, Verdict } from './circuit.ts';

const FRESH: Caller = { lane: 'fresh', attempt: 1 };

/** One attempt that leaves at `now`, if it may, and ends at once. */
function call(circuit: Circuit, verdict: Verdict, now: number, caller: Caller = FRESH): Circuit {
  const admission = admit(circuit, caller, now);
  return admission.pass === null ? circuit : afterAttempt(admission.circuit, admission.pass, verdict, now);
}

function afterOutages(count: number, now = 0): Circuit {
  return Array.from({ length: count }).reduce<Circuit>((circuit) => call(circuit, 'outage', now), CLOSED);
}

const OPEN = afterOutages(OUTAGES_TO_OPEN);
const PROBING: Circuit = { phase: 'probing', openings: 1 };

describe('a circuit', () => {
  it('opens after five outages in a row, for two and a half seconds', () => {
    expect(afterOutages(4)).toEqual({ phase: 'closed', outages: 4 });
    expect(OPEN).toEqual({ phase: 'open', openings: 1, retryAt: 2_500 });
    expect(admit(OPEN, FRESH, 400)).toEqual({ pass: null, waitMs: 2_100 });
  });

  it('counts anew after any answer', () => {
    expect(afterOutages(4).phase).toBe('closed');
    expect(call(afterOutages(4), 'answered', 0)).toEqual(CLOSED);
  });

  it('is not moved by callers who give up', () => {
    expect(call(afterOutages(4), 'abandoned', 0)).toEqual(afterOutages(4));
  });

  it('lets one probe out when the pause is over, and refuses all others meanwhile', () => {
    expect(admit(OPEN, { lane: 'rest', attempt: 1 }, 2_500)).toEqual({ pass: 'probe', circuit: PROBING });
    expect(admit(PROBING, FRESH, 2_500)).toEqual({ pass: null, waitMs: 1_000 });
  });

  it.each([
    ['answered', CLOSED],
    ['outage', { phase: 'open', openings: 2, retryAt: 6_000 }],
    ['abandoned', { phase: 'open', openings: 1, retryAt: 2_500 }],
  ] as const)('goes by a probe that %s', (verdict, next) => {
    expect(call(OPEN, verdict, 2_500)).toEqual(next);
  });

  it('waits longer between probes, up to five seconds', () => {
    let circuit = OPEN;
    const pauses: number[] = [];
    for (let now = 0; circuit.phase === 'open' && pauses.length < 6; circuit = call(circuit, 'outage', now)) {
      pauses.push(circuit.retryAt - now);
      now = circuit.retryAt;
    }
    expect(pauses).toEqual([2_500, 3_500, 5_000, 5_000, 5_000, 5_000]);
  });

  it.each<[string, Caller]>([
    ['a sign-in', { lane: 'sign-in', attempt: 1 }],
    ['a command', { lane: 'command', attempt: 1 }],
    ['a retry', { lane: 'rest', attempt: 2 }],
  ])('lets %s pass at any time', (_what, caller) => {
    expect(admit(OPEN, caller, 0)).toEqual({ pass: 'past', circuit: OPEN });
    expect(admit(PROBING, caller, 0)).toEqual({ pass: 'past', circuit: PROBING });
    expect(call(OPEN, 'answered', 0, caller)).toEqual(CLOSED);
    expect(call(OPEN, 'outage', 0, caller)).toEqual(OPEN);
  });

  it('takes a person for a probe when it is time for one, and a retry never', () => {
    expect(admit(OPEN, { lane: 'command', attempt: 1 }, 2_500)).toMatchObject({ pass: 'probe' });
    expect(admit(OPEN, { lane: 'fresh', attempt: 2 }, 2_500)).toMatchObject({ pass: 'past' });
  });

  it('takes the answer to a call that left before it opened, and not its outage', () => {
    expect(afterAttempt(OPEN, 'usual', 'answered', 500)).toEqual(CLOSED);
    expect(afterAttempt(OPEN, 'usual', 'outage', 500)).toEqual(OPEN);
    expect(afterAttempt(PROBING, 'usual', 'outage', 500)).toEqual(PROBING);
  });

  it('is not held open by a clock that was set back', () => {
    expect(admit(OPEN, FRESH, -3_600_000)).toMatchObject({ pass: 'probe' });
  });

  it('never keeps a call from finding out, within five seconds, that Schwab is back', () => {
    const step = fc.record({
      verdict: fc.constantFrom<Verdict>('answered', 'outage', 'outage', 'outage', 'abandoned'),
      lane: fc.constantFrom<Lane>('fresh', 'rest', 'command', 'sign-in'),
      attempt: fc.integer({ min: 1, max: 4 }),
      wait: fc.integer({ min: 0, max: 3_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let circuit = CLOSED;
        let now = 0;
        for (const { verdict, lane, attempt, wait } of steps) {
          now += wait;
          circuit = call(circuit, verdict, now, { lane, attempt });
        }
        expect(call(circuit, 'answered', now + MAX_PAUSE_MS)).toEqual(CLOSED);
      }),
    );
  });
});
