import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../instant.ts';
import { MONDAY_TEN } from '../testing/builders.ts';
import { BLIND_CAUSES, type BlindCause, type FailureCause } from './blind-cause.ts';
import { type BlindFailure, type BlindSpot, blindSpotsAt } from './blind-spot.ts';

const LAST = MONDAY_TEN;
type Facts = Parameters<typeof blindSpotsAt>[0];

/** A good look five seconds after the last one, as was announced, unless overridden. */
function spotsAt(overrides: Partial<Facts> = {}): readonly BlindSpot[] {
  const last = { at: LAST, rest: { from: LAST + 200, until: LAST + 5 * SECOND, isByChoice: false, isPaused: false } };
  const now = LAST + 5 * SECOND;
  return blindSpotsAt({ last, open: null, failures: [], choiceEndsAt: null, now, isGood: true, ...overrides });
}

/** Where there is one at most. */
function spotAt(overrides: Partial<Facts> = {}): BlindSpot | null {
  const [spot = null, ...others] = spotsAt(overrides);
  expect(others).toEqual([]);
  return spot;
}

function restUntil(until: number | null, isByChoice = false): Facts['last'] {
  return { at: LAST, rest: { from: LAST + 200, until, isByChoice, isPaused: false } };
}

function pausedUntil(until: number): Facts['last'] {
  return { at: LAST, rest: { from: LAST + 200, until, isByChoice: false, isPaused: true } };
}

const failure = (cause: FailureCause, at = LAST + 5 * SECOND): BlindFailure => ({ at, cause, isFinal: true });
const tried = (cause: FailureCause, at = LAST + 5 * SECOND): BlindFailure => ({ at, cause, isFinal: false });

describe('sees everything', () => {
  it.each<[string, Partial<Facts>]>([
    ['when a look comes as announced', {}],
    ['when a look comes a little late', { now: LAST + 14 * SECOND }],
    ['when a command made it look early', { now: LAST + SECOND }],
    [
      'when a try failed and the next one went well at once',
      { failures: [tried('network')], now: LAST + 5.9 * SECOND },
    ],
    [
      'when it rests for minutes because nothing can change',
      { last: restUntil(LAST + 2 * MINUTE), now: LAST + 2 * MINUTE },
    ],
    ['when nothing but a command makes it look', { last: restUntil(null), now: LAST + 60 * MINUTE }],
    ['when the broker asked for a short silence', { last: pausedUntil(LAST + 7 * SECOND), now: LAST + 7 * SECOND }],
    ['when it looks for the first time ever', { last: null }],
    ['when the clock was set back and nothing else happened', { now: LAST - 60 * MINUTE }],
  ])('%s', (_name, facts) => {
    expect(spotAt(facts)).toBeNull();
  });
});

describe('was blind from its last good look until this one', () => {
  it.each<[string, BlindCause, Partial<Facts>]>([
    ['a look failed', 'network', { failures: [failure('network')], now: LAST + 12 * SECOND }],
    ['many failed: the first says why', 'timeout', { failures: [failure('timeout'), failure('server-error')] }],
    ['tries went on for seconds within one look', 'network', { failures: [tried('network')], now: LAST + 8 * SECOND }],
    ['another run had the last look', 'poller-down', { last: { at: LAST, rest: null } }],
    [
      'another run had it, and this one failed at first',
      'poller-down',
      {
        last: { at: LAST, rest: null },
        failures: [failure('network')],
      },
    ],
    [
      'polling was off by choice',
      'closed-by-choice',
      { last: restUntil(LAST + 60 * MINUTE, true), now: LAST + 60 * MINUTE },
    ],
    [
      'the broker asked for a long silence, and it was kept',
      'rate-limited',
      { last: pausedUntil(LAST + 60 * SECOND), now: LAST + 60 * SECOND },
    ],
    ['the look came much too late', 'overrun', { now: LAST + 16 * SECOND }],
    [
      'the last cycle took long, and the next look was only announced after it',
      'overrun',
      {
        last: {
          at: LAST,
          rest: { from: LAST + 45 * SECOND, until: LAST + 45 * SECOND, isByChoice: false, isPaused: false },
        },
        now: LAST + 45 * SECOND,
      },
    ],
  ])('%s', (_name, cause, facts) => {
    const now = facts.now ?? LAST + 5 * SECOND;
    expect(spotAt(facts)).toMatchObject({ beganAt: LAST, endedAt: now, cause });
  });

  it('counts from the first failure when it never saw anything before', () => {
    const failures = [failure('sign-in-needed', LAST + SECOND), failure('network', LAST + 9 * SECOND)];
    expect(spotAt({ last: null, failures })).toEqual({
      beganAt: LAST + SECOND,
      endedAt: LAST + 5 * SECOND,
      cause: 'sign-in-needed',
      also: ['network'],
    });
  });
});

describe('a spot that is open', () => {
  const open: BlindSpot = { beganAt: LAST, endedAt: null, cause: 'network', also: [] };

  it('stays open while looks fail, and names what else goes wrong', () => {
    const failures = [failure('network'), failure('server-error')];
    expect(spotAt({ open, failures, isGood: false })).toEqual({ ...open, also: ['server-error'] });
  });

  it('is opened by the first look that fails', () => {
    expect(spotAt({ failures: [failure('timeout')], isGood: false })).toMatchObject({ beganAt: LAST, endedAt: null });
  });

  it('keeps its beginning and its cause when another run ends it', () => {
    const now = LAST + MINUTE;
    const last = { at: LAST + 20 * SECOND, rest: null };
    expect(spotAt({ open, last, now })).toEqual({ ...open, endedAt: now, also: ['poller-down'] });
  });

  it('has no length when the clock was set back before its beginning', () => {
    const now = LAST - MINUTE;
    expect(spotAt({ open, now })).toEqual({ ...open, beganAt: now, endedAt: now });
  });
});

describe('a rest by choice that was to end at a bell', () => {
  const BELL = LAST + 60 * MINUTE;
  const open: BlindSpot = { beganAt: LAST, endedAt: null, cause: 'closed-by-choice', also: [] };
  const resting: Partial<Facts> = { last: restUntil(BELL, true), open, choiceEndsAt: BELL };
  const chosen: BlindSpot = { ...open, endedAt: BELL };

  it.each<[string, number, Partial<Facts>]>([
    ['a look in time', BELL + 9 * SECOND, {}],
    ['a look that needed more than one try', BELL + SECOND, { failures: [tried('network', BELL)] }],
    ['a look before the bell, for a command', BELL - MINUTE, { failures: [failure('network', BELL - 2 * MINUTE)] }],
    ['the first look of another run, before the bell', BELL - MINUTE, { last: { at: LAST, rest: null } }],
    ['a look long after it, when nobody knows of the bell', BELL + MINUTE, { choiceEndsAt: null }],
  ])('is one spot, ended by %s', (_name, now, facts) => {
    expect(spotAt({ ...resting, now, ...facts })).toMatchObject({ ...open, endedAt: now, also: expect.anything() });
  });

  it.each<[string, BlindCause, Partial<Facts>]>([
    ['the look came late', 'overrun', {}],
    ['looks failed first', 'network', { failures: [failure('network', BELL + SECOND)] }],
    ['tries failed for seconds', 'timeout', { failures: [tried('timeout', BELL)], now: BELL + 2 * SECOND }],
    ['its first look failed', 'network', { failures: [failure('network', BELL + SECOND)], isGood: false }],
  ])('ends there, and another spot begins, when %s', (_name, cause, facts) => {
    const now = facts.now ?? BELL + MINUTE;
    const endedAt = facts.isGood === false ? null : now;
    const outage: BlindSpot = { beganAt: BELL, endedAt, cause, also: [] };
    expect(spotsAt({ ...resting, now, ...facts })).toEqual([chosen, outage]);
  });

  it('ends there though nobody wrote down that it began', () => {
    expect(spotsAt({ ...resting, open: null, now: BELL + MINUTE })).toMatchObject([chosen, { cause: 'overrun' }]);
  });

  it('is followed by the absence of a poller when the next run looks after the bell', () => {
    const failures = [failure('network', BELL + MINUTE)];
    const spots = spotsAt({ ...resting, last: { at: LAST, rest: null }, failures, now: BELL + MINUTE, isGood: false });
    expect(spots).toEqual([
      { ...chosen, also: ['poller-down'] },
      { beganAt: BELL, endedAt: null, cause: 'poller-down', also: ['network'] },
    ]);
  });

  it('keeps what went wrong before the bell apart from what did after it', () => {
    const failures = [failure('timeout', BELL - MINUTE), failure('network', BELL + SECOND)];
    expect(spotsAt({ ...resting, failures, now: BELL + MINUTE })).toMatchObject([
      { also: ['timeout'] },
      { cause: 'network', also: [] },
    ]);
  });

  it('is one spot when the clock was set back behind its beginning', () => {
    expect(spotAt({ ...resting, choiceEndsAt: LAST - SECOND, now: BELL })).toEqual({ ...open, endedAt: BELL });
  });
});

const instant = fc.integer({ min: LAST - 60 * MINUTE, max: LAST + 60 * MINUTE });
const cause = fc.constantFrom(...(Object.keys(BLIND_CAUSES) as BlindCause[]));
const failureCause = cause.filter((each): each is FailureCause => each !== 'closed-by-choice');
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  last: fc.option(
    fc.record({
      at: instant,
      rest: fc.option(
        fc.record({ from: instant, until: fc.option(instant), isByChoice: fc.boolean(), isPaused: fc.boolean() }),
      ),
    }),
  ),
  open: fc.option(
    fc.record({ beganAt: instant, endedAt: fc.constant(null), cause, also: fc.uniqueArray(cause, { maxLength: 3 }) }),
  ),
  failures: fc.array(fc.record({ at: instant, cause: failureCause, isFinal: fc.boolean() }), { maxLength: 5 }),
  choiceEndsAt: fc.option(instant),
  now: instant,
  isGood: fc.boolean(),
});

describe('whatever happened', () => {
  it('a spot never ends before it begins, never ends without a good look, and tells each cause once', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const spots = blindSpotsAt(facts);
        for (const spot of spots) {
          expect(spot.beganAt).toBeLessThanOrEqual(spot.endedAt ?? facts.now);
          expect(new Set([spot.cause, ...spot.also]).size).toBe(spot.also.length + 1);
        }
        if (spots.length > 0) expect(spots.at(-1)?.endedAt).toBe(facts.isGood ? facts.now : null);
      }),
    );
  });

  it('only a rest by choice is followed by another spot, which begins where it ended', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const [first, second, ...others] = blindSpotsAt(facts);
        expect(others).toEqual([]);
        if (second !== undefined) {
          expect(first).toMatchObject({ cause: 'closed-by-choice', endedAt: second.beganAt });
          expect(second.cause).not.toBe('closed-by-choice');
        }
      }),
    );
  });

  it('a look that failed after another leaves a spot open, and an open spot is never forgotten', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const hasFailed = facts.failures.some(({ isFinal }) => isFinal);
        if (hasFailed || facts.open !== null) expect(blindSpotsAt(facts)).not.toEqual([]);
      }),
    );
  });
});
