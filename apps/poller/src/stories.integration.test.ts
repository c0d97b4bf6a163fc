import type { ScriptedOrderInput } from '@fill-tracker/schwab-simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectSoundRecord } from './testing/sound-record.ts';
import { suiteOwner } from './testing/suite-owner.ts';
import { createWorld, type World } from './testing/world.ts';

const THREE_FILLS = [
  { afterMs: 100, quantity: '4', price: '22.7299' },
  { afterMs: 200, quantity: '3', price: '22.7301' },
  { afterMs: 300, quantity: '3', price: '22.74' },
];
const TWO_FILLS = THREE_FILLS.slice(0, 2);
/** Same price, same quantity; the same second too, unless it ends between them. */
const TWINS = [0, 5, 10].map((more) => ({ afterMs: 100 + more, quantity: '3', price: '22.73' }));

const STORIES: Readonly<Record<string, Partial<ScriptedOrderInput>>> = {
  'three partial fills': { fills: THREE_FILLS },
  'cancelled after a part': { fills: TWO_FILLS, ending: { afterMs: 400, status: 'CANCELED' } },
  'expired after a part': { fills: TWO_FILLS, ending: { afterMs: 400, status: 'EXPIRED' } },
  'replaced after a part': { fills: TWO_FILLS, ending: { afterMs: 400, status: 'REPLACED' } },
  'rejected, with a reason': { ending: { afterMs: 100, status: 'REJECTED', description: 'No buying power.' } },
  'rejected, and yet something traded': { fills: TWO_FILLS, ending: { afterMs: 300, status: 'REJECTED' } },
  'filled at the instant of entry': { fills: [{ afterMs: 0, quantity: '10', price: '0.0001' }] },
  'twins with activity ids': { quantity: '9', fills: TWINS },
  'twins without activity ids': { quantity: '9', fills: TWINS, activityIds: 'absent' },
  'twins whose activity ids come at the end': { quantity: '9', fills: TWINS, activityIds: 'late' },
  'FILLED before its legs appear': { fills: THREE_FILLS, ending: { afterMs: 50, status: 'FILLED' } },
  'a fill reported after the cancel': { fills: THREE_FILLS, ending: { afterMs: 150, status: 'CANCELED' } },
  'a status word that nobody knows': { fills: TWO_FILLS, statusText: 'MARINATING' },
  'a live word while it ends': { fills: THREE_FILLS, statusText: 'PENDING_CANCEL' },
  'times as Z': { fills: THREE_FILLS, timeForm: 'Z' },
  'times with a colon in the offset': { fills: THREE_FILLS, timeForm: '+00:00' },
  'numbers as strings': { fills: THREE_FILLS, numbersAs: 'string' },
  'whole numbers without a point': { fills: THREE_FILLS, numbersAs: 'integer' },
  'activities in no order': { fills: THREE_FILLS, shuffleActivities: true },
  'activities in no order and without ids': {
    fills: [...TWINS, { afterMs: 200, quantity: '1', price: '22.7' }],
    shuffleActivities: true,
    activityIds: 'absent',
  },
  'next to nothing but id, status and activities': {
    fills: THREE_FILLS,
    omitFields: [
      'session',
      'duration',
      'orderType',
      'filledQuantity',
      'remainingQuantity',
      'price',
      'orderLegCollection',
      'enteredTime',
      'closeTime',
      'accountNumber',
      'tag',
    ],
  },
  'a price finer than any float holds': {
    fills: [
      { afterMs: 100, quantity: '3', price: '0.100000000001' },
      { afterMs: 200, quantity: '7', price: '0.200000000003' },
    ],
  },
};

/** The same story, over before the test began. */
function longAgo({ fills = [], ending, ...story }: Partial<ScriptedOrderInput>): Partial<ScriptedOrderInput> {
  const earlier = <Event extends { afterMs: number }>(event: Event): Event => ({
    ...event,
    afterMs: event.afterMs - 10_000,
  });
  return { ...story, enteredAfterMs: -10_000, fills: fills.map(earlier), ending: ending && earlier(ending) };
}

/** One broker and one poller for all stories: they must not disturb each other either. */
describe('the record equals the truth', () => {
  const owner = suiteOwner();
  const ids = new Map<string, string>();
  let world: World;

  beforeAll(async () => {
    world = await createWorld(owner);
    await world.startPoller();
    for (const [name, story] of Object.entries(STORIES)) ids.set(name, world.script(story));
  });

  it.for(Object.keys(STORIES))('%s', async (name) => {
    const brokerOrderId = ids.get(name);
    await world.untilRecordEqualsTruth(brokerOrderId);
    expect(await world.differences()).not.toContainEqual(expect.objectContaining({ brokerOrderId }));
  });

  it('and every fill was recorded once', async () => {
    await expectSoundRecord(world.record);
  });
});

describe('the record of a whole scenario equals the truth', () => {
  it.concurrent('for every way in which an order can end', async (test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller();
    world.runScenario('endings', 3_000);
    await world.untilRecordEqualsTruth();
    await expectSoundRecord(world.record);
    expect(heard.orderRefused).toEqual([]);
    expect(heard.loopFailed).toEqual([]);
  });

  it.concurrent('for orders that ended before anybody looked', async (test) => {
    const world = await createWorld(test);
    for (const story of Object.values(STORIES)) world.script(longAgo(story));
    await world.startPoller();
    await world.untilRecordEqualsTruth();
    await expectSoundRecord(world.record);
  });

  it.concurrent('for two accounts, at one list call a cycle', async (test) => {
    const world = await createWorld(test, { accounts: 2 });
    world.runScenario('endings', 3_000);
    for (const account of ['12345678', '23456789']) world.script({ account, fills: THREE_FILLS });
    const { heard } = await world.startPoller();
    await world.untilRecordEqualsTruth();
    await expectSoundRecord(world.record);
    await world.until('a few cycles', () => heard.cycleEnded.length > 4);
    const lists = world.simulator.requests().filter(({ path }) => path.endsWith('/orders'));
    expect(new Set(lists.map(({ path }) => path))).toEqual(new Set(['/trader/v1/orders']));
    // Two calls a cycle would be one for each account. A list that is asked for again is no second one.
    expect(lists.length).toBeLessThan(1.5 * heard.cycleEnded.length);
    const accounts = new Set((await world.record.findOrders({ limit: 100 })).map(({ account }) => account.id));
    expect(accounts).toEqual(new Set(['A1', 'A2']));
  });
});

describe('with discovery off', () => {
  it.concurrent('foreign orders are ignored, and named ones are followed', async (test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller({ config: { discoversOrders: false } });
    const foreign = world.script({ fills: THREE_FILLS });
    const named = world.script({ fills: THREE_FILLS });
    await world.until('an account', async () => (await world.record.listAccounts()).length > 0);
    await world.track(named);
    await world.untilRecordEqualsTruth(named);
    await world.until('another cycle', hasMore(heard.cycleEnded));
    expect(await world.record.findOrder({ brokerOrderId: foreign })).toEqual([]);
  });
});

/** True once the list has grown by two: a whole cycle has run meanwhile. */
function hasMore(list: readonly unknown[]): () => boolean {
  const before = list.length;
  return () => list.length >= before + 2;
}
