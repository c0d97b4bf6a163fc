import type { BlindCause, BlindSpot } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import type { FillDatabase } from './fill-database.ts';
import { presentFullOrder } from './present/present-order.ts';
import { commitOf, cycleOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';

const SECOND = 1_000;

function spotOf(overrides: Partial<BlindSpot> = {}): BlindSpot {
  return { beganAt: MONDAY_TEN, endedAt: null, cause: 'network', also: [], ...overrides };
}

async function writtenSpots(...spots: readonly BlindSpot[]): Promise<{ db: FillDatabase; fencing: number }> {
  const { db, fencing } = await openForCycles();
  for (const spot of spots) expect((await note(db, fencing, { blindSpots: [spot] })).refusedNotes).toEqual([]);
  return { db, fencing };
}

function note(db: FillDatabase, fencing: number, notes: Parameters<typeof commitOf>[1]) {
  return db.commitPollCycle(commitOf(fencing, { cycle: null, ...notes }));
}

describe('a blind spot', () => {
  it('is opened, gathers what else goes wrong, and ends; its beginning and its cause stay', async () => {
    const { db, fencing } = await writtenSpots(spotOf());
    expect(await db.openBlindSpot()).toEqual({ ...spotOf(), id: 1, backfilledAt: null });
    await note(db, fencing, { blindSpots: [spotOf({ also: ['timeout'] })] });
    const endedAt = MONDAY_TEN + 30 * SECOND;
    await note(db, fencing, {
      blindSpots: [spotOf({ beganAt: 0, cause: 'shape', endedAt, also: ['timeout', 'shape'] })],
    });
    expect(await db.openBlindSpot()).toBeNull();
    expect(await db.loadBlindSpotsToBackfill()).toEqual([
      { ...spotOf({ endedAt, also: ['timeout', 'shape'] }), id: 1, backfilledAt: null },
    ]);
  });

  it('of a rest by choice ends at its bell in the look that opens the next one: never are two open', async () => {
    const bell = MONDAY_TEN + 60 * SECOND;
    const chosen = spotOf({ cause: 'closed-by-choice' });
    const { db, fencing } = await writtenSpots(chosen);
    const outage = spotOf({ beganAt: bell });
    const { refusedNotes } = await note(db, fencing, { blindSpots: [{ ...chosen, endedAt: bell }, outage] });
    expect(refusedNotes).toEqual([]);
    expect(await db.openBlindSpot()).toEqual({ ...outage, id: 2, backfilledAt: null });
    const endedAt = bell + 60 * SECOND;
    await note(db, fencing, { blindSpots: [{ ...outage, endedAt }] });
    const both = [
      { ...chosen, endedAt: bell },
      { ...outage, endedAt },
    ];
    expect(await db.loadBlindSpotsToBackfill()).toMatchObject(both);
  });

  it('of a rest by choice and the one after it may both be over in one look', async () => {
    const bell = MONDAY_TEN + 60 * SECOND;
    const chosen = spotOf({ cause: 'closed-by-choice' });
    const { db, fencing } = await writtenSpots(chosen);
    const both = [
      { ...chosen, endedAt: bell },
      spotOf({ beganAt: bell, endedAt: bell + 60 * SECOND, cause: 'poller-down' }),
    ];
    await note(db, fencing, { blindSpots: both });
    expect(await db.openBlindSpot()).toBeNull();
    expect(await db.loadBlindSpotsToBackfill()).toMatchObject(both);
  });

  it('waits to be back-filled until that is said, once', async () => {
    const { db, fencing } = await writtenSpots(spotOf({ endedAt: MONDAY_TEN + SECOND }));
    await note(db, fencing, { backfilledSpots: [{ id: 1, at: NOW }] });
    expect(await db.loadBlindSpotsToBackfill()).toEqual([]);
    expect((await db.pageBlindSpots({ limit: 5 }))[0]?.backfilledAt).toBe(NOW);
    const { refusedNotes } = await note(db, fencing, { backfilledSpots: [{ id: 1, at: NOW + 1 }] });
    expect(refusedNotes).toEqual([
      { about: 'back-fill of blind spot 1', problem: expect.stringContaining('no blind spot 1') },
    ]);
  });

  it('that is open is not back-filled', async () => {
    const { db, fencing } = await writtenSpots(spotOf());
    expect((await note(db, fencing, { backfilledSpots: [{ id: 1, at: NOW }] })).refusedNotes).toHaveLength(1);
    expect(await db.loadBlindSpotsToBackfill()).toEqual([]);
  });

  it('that ends before it begins is refused, and the cycle beside it is written', async () => {
    const { db, fencing } = await openForCycles();
    const blindSpots = [spotOf({ endedAt: MONDAY_TEN - 1 })];
    const { refusedNotes } = await note(db, fencing, { cycle: cycleOf(), blindSpots });
    expect(refusedNotes).toEqual([
      { about: 'blind spot (network)', problem: expect.stringContaining('blind_spots_in_order') },
    ]);
    expect(await db.lastCycles(5)).toHaveLength(1);
  });

  it('is told with the fills that it kept out of sight, newest spot first, in pages', async () => {
    const first = spotOf({ endedAt: MONDAY_TEN + 5_500, cause: 'poller-down' });
    const second = spotOf({ beganAt: MONDAY_TEN + 60 * SECOND, endedAt: MONDAY_TEN + 61 * SECOND });
    const { db, fencing } = await writtenSpots(first, second);
    const seconds = [0, 5, 6];
    const activities = seconds.map((second_) => fillActivity({ price: '22.73', quantity: '1', second: second_ }));
    await note(db, fencing, { committedAt: MONDAY_TEN + 7_000, orders: [firstReport(orderOf({ activities }))] });
    expect(await db.pageBlindSpots({ limit: 1 })).toMatchObject([{ id: 2, cause: 'network', lateFills: 0 }]);
    expect(await db.pageBlindSpots({ limit: 5, beforeId: 2 })).toMatchObject([{ id: 1, lateFills: 2 }]);
  });
});

describe('a fill in the second in which one spot ends and the next begins', () => {
  it('is counted once, for the spot that kept it out of sight to the end', async () => {
    const bell = MONDAY_TEN + 5 * SECOND;
    const { db, fencing } = await writtenSpots(
      spotOf({ endedAt: bell, cause: 'closed-by-choice' }),
      spotOf({ beganAt: bell, endedAt: MONDAY_TEN + 10 * SECOND }),
    );
    const activities = [4, 5].map((second) => fillActivity({ price: '22.73', quantity: '1', second }));
    await note(db, fencing, { committedAt: MONDAY_TEN + 10_300, orders: [firstReport(orderOf({ activities }))] });
    expect(await db.pageBlindSpots({ limit: 5 })).toMatchObject([
      { id: 2, lateFills: 1 },
      { id: 1, lateFills: 1 },
    ]);
  });
});

describe('a fill of a blind spot', () => {
  /** Fills at 10:00:02 and 10:00:09, recorded at 10:00:10.3; the tracker was blind from 10:00:00 to 10:00:05.5. */
  async function recordWithLateFill(): Promise<FillDatabase> {
    const { db, fencing } = await writtenSpots();
    await note(db, fencing, { cycle: cycleOf({ startedAt: MONDAY_TEN - SECOND, changed: 0 }) });
    await note(db, fencing, { blindSpots: [spotOf({ endedAt: MONDAY_TEN + 5_500 })] });
    const activities = [2, 9].map((second) => fillActivity({ price: '22.73', quantity: '1', second }));
    await note(db, fencing, { committedAt: MONDAY_TEN + 10_300, orders: [firstReport(orderOf({ activities }))] });
    return db;
  }

  it('is tagged as found late where the order is shown, and only that one', async () => {
    const db = await recordWithLateFill();
    const [detail] = await db.findOrder({ id: 1 });
    if (detail === undefined) throw new Error('The record has no order');
    expect(presentFullOrder(detail, null).fills.map(({ foundLate }) => foundLate)).toEqual([
      { id: 1, cause: 'network' },
      null,
    ]);
  });

  it('is no measure of speed, and is counted beside it', async () => {
    const db = await recordWithLateFill();
    expect(await db.detectionLatenciesSince(MONDAY_TEN)).toEqual([1_300]);
    expect(await db.countLateFillsSince(MONDAY_TEN)).toBe(1);
    expect(await db.countLateFillsSince(MONDAY_TEN + 11_000)).toBe(0);
  });
});

describe('what the tracker saw last', () => {
  it('is in the record with the commit of a good look, with a heartbeat and with the release; others leave it', async () => {
    const { db, fencing } = await openForCycles();
    const lastLookAt = async (): Promise<number | null> => (await db.readLease()).lastLookAt;
    expect(await lastLookAt()).toBeNull();
    await note(db, fencing, { lastLookAt: NOW });
    expect(await lastLookAt()).toBe(NOW);
    await note(db, fencing, { lastLookAt: null });
    const beat = { fencing, now: NOW, ttlMs: 10_000 };
    await db.renewLease({ ...beat, progress: { lastLookAt: NOW + 1 } });
    await db.renewLease({ ...beat, progress: { lastLookAt: null } });
    expect(await lastLookAt()).toBe(NOW + 1);
    await db.releaseLease({ fencing, now: NOW, progress: { lastLookAt: NOW + 2 } });
    expect(await lastLookAt()).toBe(NOW + 2);
  });

  it('outlives the holder of the lease', async () => {
    const { db, fencing } = await openForCycles();
    await note(db, fencing, { lastLookAt: NOW });
    await db.releaseLease({ fencing, now: NOW });
    expect(await db.acquireLease({ owner: 'poller-2', now: NOW, ttlMs: 10_000 })).not.toBeNull();
    expect((await db.readLease()).lastLookAt).toBe(NOW);
  });
});

describe('blindness in short', () => {
  const HOUR = 3_600_000;
  const span = (from: number, to: number | null, cause: BlindCause = 'network'): BlindSpot =>
    spotOf({ beganAt: NOW + from, endedAt: to === null ? null : NOW + to, cause });

  it('sums the last 24 hours, the open spot included, rests by choice and older parts left out', async () => {
    const { db } = await writtenSpots(
      span(-26 * HOUR, -25 * HOUR),
      span(-25 * HOUR, -23 * HOUR),
      span(-10 * HOUR, -9 * HOUR, 'closed-by-choice'),
      span(-2 * HOUR, -2 * HOUR + 30_000),
      span(-60_000, null, 'timeout'),
    );
    expect(await db.summariseBlindSpots(NOW)).toEqual({
      open: { beganAt: NOW - 60_000, cause: 'timeout' },
      lastDay: { spots: 3, totalMs: HOUR + 30_000 + 60_000 },
      toBackfill: 4,
    });
  });

  it('says nothing where a poller is at work and sees', async () => {
    const { db } = await openForCycles();
    expect(await db.summariseBlindSpots(NOW)).toEqual({ open: null, lastDay: { spots: 0, totalMs: 0 }, toBackfill: 0 });
  });

  it('tells of a blindness that nobody could write down: the poller is dead', async () => {
    const { db, fencing } = await openForCycles();
    await note(db, fencing, { lastLookAt: NOW });
    const later = NOW + 60_000;
    expect(await db.summariseBlindSpots(later)).toEqual({
      open: { beganAt: NOW, cause: 'poller-down' },
      lastDay: { spots: 1, totalMs: 60_000 },
      toBackfill: 0,
    });
  });

  it.each<[string, number, BlindCause]>([
    ['poller that is dead', 10_000, 'poller-down'],
    ['loop that hangs', 60_000, 'overrun'],
  ])('tells of a %s after a rest by choice that should be over', async (_name, ttlMs, cause) => {
    const { db, fencing } = await writtenSpots(span(-HOUR, null, 'closed-by-choice'));
    await db.renewLease({ fencing, now: NOW, ttlMs, progress: { nextPollAt: NOW + 1_000 } });
    const inTime = { open: { beganAt: NOW - HOUR, cause: 'closed-by-choice' }, lastDay: { spots: 0 } };
    expect(await db.summariseBlindSpots(NOW + 2_000)).toMatchObject(inTime);
    expect(await db.summariseBlindSpots(NOW + 31_000)).toMatchObject({
      open: { beganAt: NOW + 1_000, cause },
      lastDay: { spots: 1, totalMs: 30_000 },
    });
  });

  it('tells of a rest by choice as such while it is not over, whether or not a poller is at work', async () => {
    const { db, fencing } = await writtenSpots(span(-HOUR, null, 'closed-by-choice'));
    await db.renewLease({ fencing, now: NOW, ttlMs: 10_000, progress: { nextPollAt: NOW + HOUR } });
    expect(await db.summariseBlindSpots(NOW + 60_000)).toMatchObject({
      open: { beganAt: NOW - HOUR, cause: 'closed-by-choice' },
      lastDay: { spots: 0, totalMs: 0 },
    });
  });

  it('tells of a poller that hangs', async () => {
    const { db, fencing } = await openForCycles();
    await note(db, fencing, { lastLookAt: NOW });
    const later = NOW + 60_000;
    await db.renewLease({ fencing, now: later, ttlMs: 10_000, progress: { nextPollAt: NOW + 1_000 } });
    expect((await db.summariseBlindSpots(later)).open).toEqual({ beganAt: NOW, cause: 'overrun' });
  });
});
