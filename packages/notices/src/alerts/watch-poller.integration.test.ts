import type { PollCycleCommit } from '@fill-tracker/db';
import { HOUR, SECOND } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { hearing } from '../testing/deliverer.ts';
import { NOW, openRecord, recordFills } from '../testing/record.ts';
import { createPollerWatch } from './watch-poller.ts';

/** A record whose poller held the lease until a moment ago, and a watch over it by a clock that a test moves. */
async function watched() {
  const { db, file } = await openRecord();
  const clock = { at: NOW, now: () => clock.at, sleep: async () => undefined };
  const { events, heard } = hearing();
  const watch = (record = db) => createPollerWatch({ record: () => record, clock, notifies: true, events });
  const look = watch();
  /** Looks every two seconds, as it does in life. */
  const pass = async (seconds: number, by = look): Promise<void> => {
    for (let left = seconds; left > 0; left -= 2) {
      clock.at += 2 * SECOND;
      await by();
    }
  };
  /** The poller at work looks, with what that means for blind spots. */
  const sees = async (notes: Pick<PollCycleCommit, 'blindSpots' | 'backfilledSpots'> = {}): Promise<void> => {
    const { fencing } = await db.readLease();
    const nothing = { cycle: null, orders: [], commands: [] };
    await db.commitPollCycle({ ...nothing, ...notes, fencing, committedAt: clock.at, lastLookAt: clock.at });
  };
  await recordFills(db, 1);
  return { db, file, clock, heard, watch, look, pass, sees };
}

const alerts = (heard: { raised: readonly { cause: string }[]; cleared: readonly { cause: string }[] }) => ({
  raised: heard.raised.map(({ cause }) => cause),
  cleared: heard.cleared.map(({ cause }) => cause),
});

it('tells of a poller that is gone once, and of its return once, over a restart of the watcher', async () => {
  const { db, clock, heard, watch, look, pass, sees } = await watched();
  await look();
  await pass(14);
  expect(alerts(heard)).toEqual({ raised: [], cleared: [] });
  await pass(60);
  expect(alerts(heard)).toEqual({ raised: ['poller-down'], cleared: [] });

  const restarted = watch();
  await pass(20, restarted);
  expect(alerts(heard)).toEqual({ raised: ['poller-down'], cleared: [] });

  await db.acquireLease({ owner: 'next', now: clock.at, ttlMs: 10 * SECOND });
  await sees();
  await pass(2, restarted);
  await pass(2);
  expect(alerts(heard)).toEqual({ raised: ['poller-down'], cleared: ['poller-down'] });
  expect(heard.cleared[0]).toMatchObject({ clearedNote: 'It lasted 1 min 36 s.' });
  expect((await db.readOutbox()).waiting).toBe(3);
});

/** A poller that was gone, with its alert, and is at work again. */
async function backAgain() {
  const all = await watched();
  const { db, clock, heard, look, pass } = all;
  await look();
  await pass(20);
  expect(alerts(heard)).toEqual({ raised: ['poller-down'], cleared: [] });
  const lease = { owner: 'next', now: clock.at, ttlMs: HOUR };
  expect(await db.acquireLease(lease)).not.toBeNull();
  return all;
}

it('says that no fill was late only after a look, and after all was made up for', async () => {
  const { clock, heard, pass, sees, db } = await backAgain();
  await pass(10);
  expect(heard.cleared).toEqual([]);
  const spot = { beganAt: NOW, endedAt: clock.at, cause: 'poller-down', also: [] } as const;
  await sees({ blindSpots: [spot] });
  await pass(10);
  expect(heard.cleared).toEqual([]);
  const [stored] = await db.loadBlindSpotsToBackfill();
  if (stored === undefined) throw new Error('There is no blind spot');
  await sees({ backfilledSpots: [{ id: stored.id, at: clock.at }] });
  await pass(2);
  expect(heard.cleared).toMatchObject([{ cause: 'poller-down', clearedNote: 'It lasted 22 s.', fillsFoundLate: 0 }]);
});

it('ends after ten minutes though not all can be made up for, and says nothing of fills then', async () => {
  const { heard, pass } = await backAgain();
  await pass(600);
  expect(heard.cleared).toEqual([]);
  await pass(2);
  expect(heard.cleared).toMatchObject([{ cause: 'poller-down', fillsFoundLate: null }]);
});

it('raises once when two processes see it', async () => {
  const { db, file, heard, watch, pass, clock } = await watched();
  const { db: other } = await openRecord(file);
  const second = watch(other);
  await pass(40);
  for (let i = 0; i < 20; i += 1) {
    clock.at += SECOND;
    await second();
  }
  expect(alerts(heard).raised).toEqual(['poller-down']);
  expect(await db.readAlertMark()).toEqual({ open: 1, lastId: 1 });
});

it('does not alarm for what it slept through with its machine', async () => {
  const { db, clock, heard, look, pass } = await watched();
  await look();
  clock.at += 3_600 * SECOND;
  await look();
  expect(heard.raised).toEqual([]);
  await db.acquireLease({ owner: 'poller', now: clock.at, ttlMs: 10 * SECOND });
  await pass(4);
  expect(alerts(heard)).toEqual({ raised: [], cleared: [] });
});

it('tells of a loop that does not move while its heart beats', async () => {
  const { db, clock, heard, look } = await watched();
  const { fencing } = await db.readLease();
  const beat = async (progress: Record<string, number | null>): Promise<void> => {
    clock.at += 2 * SECOND;
    await db.renewLease({ fencing, now: clock.at, ttlMs: 10 * SECOND, progress });
    await look();
  };
  const hung = { nextPollAt: NOW, cycleStartedAt: null };
  for (let i = 0; i < 8; i += 1) await beat(hung);
  expect(heard.raised).toEqual([]);
  for (let i = 0; i < 8; i += 1) await beat(hung);
  expect(alerts(heard)).toEqual({ raised: ['poller-slow'], cleared: [] });
  // It moves; whether it saw what happened meanwhile, only a look says.
  await beat({ nextPollAt: clock.at + 3 * SECOND, cycleStartedAt: null });
  expect(alerts(heard)).toEqual({ raised: ['poller-slow'], cleared: [] });
  await beat({ nextPollAt: clock.at + 3 * SECOND, cycleStartedAt: null, lastLookAt: clock.at + SECOND });
  expect(alerts(heard)).toEqual({ raised: ['poller-slow'], cleared: ['poller-slow'] });
});
