import type { FaultInput } from '@fill-tracker/schwab-simulator';
import type { BlindCause } from '@fill-tracker/domain';
import { presentFullOrder, type ToldBlindSpot } from '@fill-tracker/db';
import { describe, expect, it } from 'vitest';
import type { HeardEvents } from './testing/heard-events.ts';
import { expectSoundRecord } from './testing/sound-record.ts';
import { createWorld, type PollerAtWork, type World } from './testing/world.ts';

const FILL = [{ afterMs: 0, quantity: '10', price: '22.7299' }];
/** A busy machine answers later than it should: that is not the trouble that these tests are about. */
const ATTEMPT_MS = 30_000;
const DAY_MS = 24 * 3_600_000;

async function startSeeing(world: World): Promise<PollerAtWork> {
  const poller = await world.startPoller({ attemptTimeoutMs: ATTEMPT_MS });
  await world.until('a first look', () => poller.heard.cycleEnded.length > 0);
  return poller;
}

/** All that the record holds, oldest first. */
async function spotsOf(world: World): Promise<readonly ToldBlindSpot[]> {
  return (await world.record.pageBlindSpots({ limit: 100 })).toReversed();
}

async function untilBackfilled(world: World): Promise<readonly ToldBlindSpot[]> {
  await world.until('every blind spot to be back-filled', async () =>
    (await spotsOf(world)).every(({ backfilledAt }) => backfilledAt !== null),
  );
  return await spotsOf(world);
}

async function foundLateOf(world: World, brokerOrderId: string) {
  return presentFullOrder(await world.order(brokerOrderId), null).fills.map(({ foundLate }) => foundLate);
}

/** Nothing of these gets through, and what the spot is then called. */
const OUTAGES: readonly (FaultInput & { readonly cause: BlindCause })[] = [
  { kind: 'reset', cause: 'network' },
  { kind: 'status-500', cause: 'server-error' },
  { kind: 'cut-json', cause: 'network' },
  { kind: 'unauthorized', path: '/orders', cause: 'unauthorized' },
];

describe.concurrent('a broker that fails for a while leaves one blind spot', () => {
  it.concurrent.for(OUTAGES)(
    '$kind: with its bounds, made up for, its fills tagged',
    async ({ cause, ...fault }, test) => {
      const world = await createWorld(test);
      const { heard } = await startSeeing(world);
      const before = world.script({ fills: FILL });
      await world.until('a fill in daylight', () => world.isCompleted(before));

      world.simulator.setFaults([fault]);
      const failsFrom = Date.now();
      await world.until('the spot to be noticed', () => heard.blindSpotBegan.some((spot) => spot.cause === cause));
      expect(await world.record.summariseBlindSpots(Date.now())).toMatchObject({ open: { cause } });
      const hidden = world.script({ fills: FILL });
      world.simulator.setFaults([]);
      await world.untilRecordEqualsTruth();
      await expectSoundRecord(world.record);

      const spots = (await untilBackfilled(world)).filter((each) => each.cause === cause);
      expect(spots).toHaveLength(1);
      const [spot] = spots;
      expect(spot).toMatchObject({ cause, lateFills: 1 });
      expect(spot?.beganAt).toBeLessThanOrEqual(failsFrom);
      expect(spot?.endedAt).toBeGreaterThan(lastFailedListAt(heard));
      expect(await foundLateOf(world, hidden)).toEqual([{ id: spot?.id, cause }]);
      expect(await foundLateOf(world, before)).toEqual([null]);
      expect(await world.record.summariseBlindSpots(Date.now())).toMatchObject({ open: null, toBackfill: 0 });
      const told = heard.blindSpotEnded.filter((each) => each.cause === cause);
      expect(told).toMatchObject([{ beganAt: spot?.beganAt, endedAt: spot?.endedAt }]);
      expect(heard.blindSpotBackfilled.filter((each) => each.cause === cause)).toHaveLength(1);
    },
  );
});

function lastFailedListAt({ brokerAttempted }: HeardEvents): number {
  const failed = brokerAttempted.filter(({ operation, outcome }) => operation === 'list-orders' && outcome !== 'ok');
  return Math.max(0, ...failed.map(({ startedAt }) => startedAt));
}

describe.concurrent('without trouble', () => {
  it.concurrent('there is no blind spot', async (test) => {
    const world = await createWorld(test);
    const { heard } = await startSeeing(world);
    world.script({ fills: FILL });
    await world.untilRecordEqualsTruth();
    await world.until('many looks', () => heard.cycleEnded.length > 20);
    expect(await spotsOf(world)).toEqual([]);
    expect(heard.blindSpotBegan).toEqual([]);
    expect(heard.streakBegan).toEqual([]);
  });
});

describe.concurrent('a poller that was not there', () => {
  it.concurrent('leaves a spot from its last good look to the first of the next one, after a clean stop', async (test) => {
    const world = await createWorld(test);
    const first = await startSeeing(world);
    const lookedAt = first.life.progress.lastLookAt ?? 0;
    await first.stop();
    const stoppedAt = Date.now();
    const hidden = world.script({ fills: FILL });
    expect(await world.record.summariseBlindSpots(Date.now())).toMatchObject({ open: { cause: 'poller-down' } });

    const startedAt = Date.now();
    await startSeeing(world);
    await world.untilRecordEqualsTruth();
    const [spot, ...others] = await untilBackfilled(world);
    expect(others).toEqual([]);
    expect(spot).toMatchObject({ cause: 'poller-down', also: [], lateFills: 1 });
    expect(spot?.beganAt).toBeGreaterThanOrEqual(lookedAt);
    expect(spot?.beganAt).toBeLessThanOrEqual(stoppedAt);
    expect(spot?.endedAt).toBeGreaterThanOrEqual(startedAt);
    expect(await foundLateOf(world, hidden)).toEqual([{ id: spot?.id, cause: 'poller-down' }]);
  });

  it.concurrent('ends while the broker fails: it is one spot, whose first cause stays', async (test) => {
    const world = await createWorld(test);
    const first = await startSeeing(world);
    world.simulator.setFaults([{ kind: 'status-500' }]);
    await world.until('the spot to be noticed', () => first.heard.blindSpotBegan.length > 0);
    await first.stop();
    const { heard } = await world.startPoller({ attemptTimeoutMs: ATTEMPT_MS });
    await world.until('looks to fail, one after the other', () => heard.streakBegan.length > 0);
    world.simulator.setFaults([]);
    world.script({ fills: FILL });
    await world.untilRecordEqualsTruth();
    const spots = await untilBackfilled(world);
    expect(spots).toMatchObject([{ cause: 'server-error', also: ['poller-down'] }]);
    expect(heard.streakBegan.map(({ kinds }) => kinds[0]?.kind)).toEqual(['server']);
    expect(heard.recovered).toHaveLength(1);
  });
});

describe.concurrent('what was entered in a spot that began before the window of the list', () => {
  /** A record whose last good look was three days ago, and orders of that time that nobody tracks yet. */
  async function afterThreeDays(world: World): Promise<{ entered: string; resting: string }> {
    const first = await startSeeing(world);
    await first.stop();
    const { owner, fencing } = { owner: 'long-ago', fencing: (await world.record.readLease()).fencing + 1 };
    await world.record.acquireLease({ owner, now: Date.now(), ttlMs: 10_000 });
    await world.record.releaseLease({ fencing, now: Date.now(), progress: { lastLookAt: Date.now() - 3 * DAY_MS } });
    const entered = world.script({
      enteredAfterMs: -2 * DAY_MS,
      fills: FILL.map((fill) => ({ ...fill, afterMs: -2 * DAY_MS + 60_000 })),
    });
    const resting = world.script({ enteredAfterMs: -2.5 * DAY_MS, duration: 'GOOD_TILL_CANCEL', fills: [] });
    return { entered, resting };
  }

  it.concurrent('is found, though no list of today shows it', async (test) => {
    const world = await createWorld(test);
    const { entered } = await afterThreeDays(world);
    await startSeeing(world);
    await world.untilRecordEqualsTruth();
    const spots = await untilBackfilled(world);
    expect(spots).toMatchObject([{ cause: 'poller-down', lateFills: 1 }]);
    expect(await foundLateOf(world, entered)).toEqual([{ id: spots[0]?.id, cause: 'poller-down' }]);
    await expectSoundRecord(world.record);
  });

  it.concurrent('stays to be found when the broker fails over it, also for the next run', async (test) => {
    const world = await createWorld(test);
    const { entered } = await afterThreeDays(world);
    const first = await world.startPoller({
      record: (db) => ({
        ...db,
        commitPollCycle: async (commit) => {
          const result = await db.commitPollCycle(commit);
          // From the moment when the spot is over, lists fail.
          if (commit.blindSpots?.some(({ endedAt }) => endedAt !== null) === true) {
            world.simulator.setFaults([{ kind: 'status-500', path: '/orders' }]);
          }
          return result;
        },
      }),
    });
    await world.until('the back-fill to fail', () => first.heard.brokerCallFailed.length > 0);
    await first.stop();
    expect(await world.record.loadBlindSpotsToBackfill()).not.toEqual([]);
    world.simulator.setFaults([]);
    await startSeeing(world);
    await world.untilRecordEqualsTruth();
    await untilBackfilled(world);
    expect(await world.isCompleted(entered)).toBe(true);
  });
});
