import type { StoredBlindSpot } from '@fill-tracker/db';
import type { BlindSpot, PollDecision } from '@fill-tracker/domain';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import type { AttemptEvent, SchwabErrorKind } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { type BlindWatch, createBlindWatch } from './blind-watch.ts';

const T = MONDAY_TEN;
const SECOND = 1_000;

interface Remembered {
  readonly lastLookAt?: number | null;
  readonly lastCompleteAt?: number | null;
  readonly open?: BlindSpot | null;
  /** What the calendar says of a rest by choice that an earlier run began. */
  readonly choiceEndsAt?: number | null;
}

/** A watch over a record that remembers this much, and what it told. */
function watchOver({ lastLookAt = null, lastCompleteAt = null, open = null, choiceEndsAt = null }: Remembered = {}) {
  const told: string[] = [];
  const stored: StoredBlindSpot | null = open && { ...open, id: 1, backfilledAt: null };
  const lease = { owner: null, fencing: 1, expiresAt: null, heartbeatAt: null, progress: null, lastLookAt };
  const watch = createBlindWatch({
    db: {
      readLease: () => Promise.resolve(lease),
      lastCompleteCycleAt: () => Promise.resolve(lastCompleteAt),
      openBlindSpot: () => Promise.resolve(stored),
    },
    events: {
      blindSpotBegan: ({ cause }) => void told.push(`began: ${cause}`),
      blindSpotEnded: ({ cause, endedAt }) => void told.push(`ended: ${cause} at ${endedAt - T}`),
    },
    onSeeing: (endedAt) => void told.push(`sees since ${endedAt - T}`),
    choiceEndsAt: () => choiceEndsAt,
  });
  return { watch, told };
}

const RESTS: PollDecision = { at: null, reason: 'regular-hours' };

/** One look, recorded, and the rest that is announced after it. */
async function look(watch: BlindWatch, at: number, failure: SchwabErrorKind | null = null, next = at + 5 * SECOND) {
  await watch.beginLook();
  const notes = watch.judge({ at, failure });
  watch.settle();
  watch.rests({ ...RESTS, at: next }, at + 100);
  return notes;
}

function aFailedTry(overrides: Partial<AttemptEvent> = {}): AttemptEvent {
  return {
    operation: 'list-orders',
    lane: 'fresh',
    attempt: 1,
    status: null,
    outcome: 'network',
    durationMs: 1,
    startedAt: T + 5 * SECOND,
    serverDate: null,
    ...overrides,
  };
}

describe('a run', () => {
  it('that sees writes nothing but up to when', async () => {
    const { watch, told } = watchOver();
    expect(watch.lastLookAt()).toBeNull();
    expect(await look(watch, T)).toEqual({ lastLookAt: T });
    expect(await look(watch, T + 5 * SECOND)).toEqual({ lastLookAt: T + 5 * SECOND });
    expect([watch.lastLookAt(), watch.current(), watch.spotsEnded(), told]).toEqual([T + 5 * SECOND, null, 0, []]);
  });

  it('ends the blindness since the last look of the run before it', async () => {
    const { watch, told } = watchOver({ lastLookAt: T - 60 * SECOND });
    const spot = { beganAt: T - 60 * SECOND, endedAt: T, cause: 'poller-down', also: [] };
    expect(await look(watch, T)).toEqual({ lastLookAt: T, blindSpots: [spot] });
    expect(told).toEqual(['sees since 0', 'ended: poller-down at 0']);
    expect(watch.spotsEnded()).toBe(1);
  });

  it('takes the last complete cycle where an older program kept no last look', async () => {
    const { watch } = watchOver({ lastCompleteAt: T - 60 * SECOND });
    expect((await look(watch, T)).blindSpots).toMatchObject([{ beganAt: T - 60 * SECOND, cause: 'poller-down' }]);
  });

  it('takes up the spot that the run before it left open', async () => {
    const open: BlindSpot = { beganAt: T - 90 * SECOND, endedAt: null, cause: 'network', also: ['timeout'] };
    const { watch } = watchOver({ lastLookAt: T - 90 * SECOND, open });
    const [spot] = (await look(watch, T)).blindSpots ?? [];
    expect(spot).toEqual({ ...open, endedAt: T, also: ['timeout', 'poller-down'] });
  });
});

describe('looks that fail', () => {
  it('open a spot once, add what is new, and the next good look ends it', async () => {
    const { watch, told } = watchOver();
    await look(watch, T);
    const first = await look(watch, T + 5 * SECOND, 'network');
    expect(first).toEqual({
      lastLookAt: null,
      blindSpots: [{ beganAt: T, endedAt: null, cause: 'network', also: [] }],
    });
    expect(watch.current()).toMatchObject({ cause: 'network' });
    expect(await look(watch, T + 6 * SECOND, 'network')).toEqual({ lastLookAt: null });
    expect((await look(watch, T + 8 * SECOND, 'server')).blindSpots).toMatchObject([{ also: ['server-error'] }]);
    expect((await look(watch, T + 12 * SECOND)).blindSpots).toEqual([
      { beganAt: T, endedAt: T + 12 * SECOND, cause: 'network', also: ['server-error'] },
    ]);
    expect(told).toEqual(['began: network', 'sees since 12000', 'ended: network at 12000']);
    expect(await look(watch, T + 17 * SECOND)).toEqual({ lastLookAt: T + 17 * SECOND });
  });

  it('count for nothing as long as they are not in the record', async () => {
    const { watch, told } = watchOver();
    await look(watch, T);
    await watch.beginLook();
    watch.judge({ at: T + 5 * SECOND, failure: 'network' });
    watch.judge({ at: T + 5 * SECOND, failure: null });
    expect(told).toEqual([]);
    expect(watch.lastLookAt()).toBe(T);
  });
});

describe('tries that fail within a look', () => {
  it.each([
    ['for a moment: no spot', {}, 5.5, undefined],
    ['for seconds: a spot', {}, 8, 'network'],
    ['of calls that no look needs: no spot', { operation: 'get-price-history' } as const, 8, undefined],
    ['because the caller gave up: no spot', { outcome: 'aborted' } as const, 8, undefined],
  ])('%s', async (_name, attempt, second, cause) => {
    const { watch } = watchOver();
    await look(watch, T);
    watch.hears.brokerAttempted?.(aFailedTry(attempt));
    expect((await look(watch, T + second * SECOND)).blindSpots?.[0]?.cause).toBe(cause);
  });
});

describe('a loop that fails', () => {
  const full = Object.assign(new Error('database or disk is full'), { name: 'PrismaClientKnownRequestError' });

  it.each([
    ['over the database', full, 'database'],
    ['otherwise', new Error('what nobody foresaw'), 'loop-failed'],
  ])('%s, amid a look, makes the next one end a spot', async (_name, error, cause) => {
    const { watch } = watchOver();
    await look(watch, T);
    await watch.beginLook();
    watch.judge({ at: T + 5 * SECOND, failure: null });
    watch.failed(error, T + 5.1 * SECOND);
    expect((await look(watch, T + 6 * SECOND)).blindSpots).toMatchObject([{ beganAt: T, cause }]);
  });

  it('between two looks costs no sight, as long as the next comes in time', async () => {
    const { watch } = watchOver();
    await look(watch, T);
    watch.failed(new Error('a command failed'), T + SECOND);
    expect((await look(watch, T + 5 * SECOND)).blindSpots).toBeUndefined();
  });
});

describe('a rest by choice', () => {
  it('is a spot that is known before it begins, told once, until the next look', async () => {
    const { watch, told } = watchOver();
    await look(watch, T);
    const closed: PollDecision = { at: T + 3_600 * SECOND, reason: 'closed-by-choice' };
    const spot = watch.rests(closed, T + 100);
    expect(spot).toEqual({ beganAt: T, endedAt: null, cause: 'closed-by-choice', also: [] });
    if (spot !== null) watch.opened(spot);
    expect(watch.rests(closed, T + 200)).toBeNull();
    expect((await look(watch, T + 3_600 * SECOND)).blindSpots).toEqual([{ ...spot, endedAt: T + 3_600 * SECOND }]);
    expect(told[0]).toBe('began: closed-by-choice');
    expect(told).toHaveLength(3);
  });

  const BELL = T + 3_600 * SECOND;
  const resting: BlindSpot = { beganAt: T, endedAt: null, cause: 'closed-by-choice', also: [] };
  const chosen: BlindSpot = { ...resting, endedAt: BELL };

  /** A watch that rests by choice until the bell. */
  async function watchAtRest() {
    const { watch, told } = watchOver();
    await look(watch, T);
    const spot = watch.rests({ at: BELL, reason: 'closed-by-choice' }, T + 100);
    if (spot !== null) watch.opened(spot);
    return { watch, told };
  }

  it('ends at its bell when the look then fails, and a spot of that cause begins', async () => {
    const { watch, told } = await watchAtRest();
    const outage: BlindSpot = { beganAt: BELL, endedAt: null, cause: 'network', also: [] };
    expect((await look(watch, BELL + SECOND, 'network')).blindSpots).toEqual([chosen, outage]);
    expect(await look(watch, BELL + 2 * SECOND, 'network')).toEqual({ lastLookAt: null });
    const endedAt = BELL + 60 * SECOND;
    expect((await look(watch, endedAt)).blindSpots).toEqual([{ ...outage, endedAt }]);
    expect(told).toEqual([
      'began: closed-by-choice',
      'ended: closed-by-choice at 3600000',
      'began: network',
      'sees since 3660000',
      'ended: network at 3660000',
    ]);
    expect(watch.spotsEnded()).toBe(2);
  });

  it('ends at its bell, whatever failed before: also when looks fail from before it to after it', async () => {
    const { watch } = await watchAtRest();
    expect((await look(watch, BELL - SECOND, 'timeout')).blindSpots).toMatchObject([{ endedAt: null }]);
    expect((await look(watch, BELL + SECOND, 'network')).blindSpots).toMatchObject([
      { cause: 'closed-by-choice', endedAt: BELL, also: ['timeout'] },
      { cause: 'network', endedAt: null, also: [] },
    ]);
    expect((await look(watch, BELL + 2 * SECOND, 'network')).blindSpots).toBeUndefined();
  });

  it('ends at its bell when the look comes late, and both spots are over', async () => {
    const { watch, told } = await watchAtRest();
    const endedAt = BELL + 60 * SECOND;
    const overrun: BlindSpot = { beganAt: BELL, endedAt, cause: 'overrun', also: [] };
    expect((await look(watch, endedAt)).blindSpots).toEqual([chosen, overrun]);
    expect([watch.current(), watch.spotsEnded()]).toEqual([null, 2]);
    expect(told.slice(1)).toEqual([
      'sees since 3660000',
      'ended: closed-by-choice at 3600000',
      'ended: overrun at 3660000',
    ]);
  });

  it('keeps out of sight all that happened since the last good look, also when another spot came after it', async () => {
    const { watch } = await watchAtRest();
    await look(watch, BELL + SECOND, 'network');
    expect(watch.current()).toMatchObject({ beganAt: T, cause: 'network' });
    await watch.beginLook();
    watch.judge({ at: BELL + 60 * SECOND, failure: null });
    expect(watch.current()).toMatchObject({ beganAt: T, endedAt: BELL + 60 * SECOND });
  });

  it('of the run before it ends at the bell that the calendar tells of', async () => {
    const { watch } = watchOver({ lastLookAt: T, open: resting, choiceEndsAt: BELL });
    expect((await look(watch, BELL + 60 * SECOND)).blindSpots).toMatchObject([
      { beganAt: T, endedAt: BELL, cause: 'closed-by-choice' },
      { beganAt: BELL, endedAt: BELL + 60 * SECOND, cause: 'poller-down' },
    ]);
  });

  it('of the run before it is one spot where no calendar tells of a bell', async () => {
    const { watch } = watchOver({ lastLookAt: T, open: resting });
    expect((await look(watch, BELL)).blindSpots).toEqual([{ ...resting, endedAt: BELL, also: ['poller-down'] }]);
  });
});
