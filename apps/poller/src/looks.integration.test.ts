import { presentOrder } from '@fill-tracker/db';
import { HOUR, SECOND } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { createWorld, type World } from './testing/world.ts';

/** What the record says of when an order was last checked. */
async function checked(world: World, brokerOrderId: string) {
  const { lastCheckedAt, lookedAtWith } = presentOrder(
    await world.order(brokerOrderId),
    await world.record.readLooks(),
  );
  return { at: Date.parse(lastCheckedAt), lookedAtWith };
}

it('tells of each order when it was looked at, and not of all of them when one was', async (test) => {
  const world = await createWorld(test);
  const days = 72 * HOUR;
  const resting = world.script({
    enteredAfterMs: -days,
    duration: 'GOOD_TILL_CANCEL',
    orderType: 'LIMIT',
    limitPrice: '1',
  });
  const { heard } = await world.startPoller();
  await world.until(
    'the order that rests',
    async () => (await world.record.findOrder({ brokerOrderId: resting })).length > 0,
  );
  const swept = await checked(world, resting);
  const fresh = world.script({ orderType: 'LIMIT', limitPrice: '1' });
  await world.until(
    'the one of today',
    async () => (await world.record.findOrder({ brokerOrderId: fresh })).length > 0,
  );
  // Longer than a heartbeat, shorter than the 15 s between two lists that reach back.
  const cycles = heard.cycleEnded.length;
  await world.until('a later look in the record', async () => {
    const { completeAt, sweep } = await world.record.readLooks();
    return (
      sweep !== null && completeAt !== null && completeAt > sweep.at + SECOND && heard.cycleEnded.length > cycles + 20
    );
  });
  expect(await checked(world, fresh)).toMatchObject({ lookedAtWith: 'EACH_LOOK' });
  const { at, lookedAtWith } = await checked(world, resting);
  expect(lookedAtWith).toBe('SWEEPS');
  expect(at).toBeLessThan((await checked(world, fresh)).at);
  expect(at).toBeGreaterThanOrEqual(swept.at);
});
