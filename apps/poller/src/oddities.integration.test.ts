import type { StoredOrder } from '@fill-tracker/db';
import type { OrderFlag } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { expectSoundRecord } from './testing/sound-record.ts';
import { createWorld } from './testing/world.ts';

/** How long the longest of the scenario's stories lasts. */
const STORY_MS = 4_500;

it('ends with the truth of every odd order, tree and spread, and hears the other witnesses', async (test) => {
  const world = await createWorld(test);
  const { heard, stop } = await world.startPoller();
  world.runScenario('oddities', STORY_MS);
  await world.untilRecordEqualsTruth();
  await world.until('a verdict on each order that traded', async () => {
    const traded = (await world.record.findOrders({ limit: 1_000 })).filter(({ known }) => known.fills.length > 0);
    const ended = traded.filter(({ known }) => known.state.status === 'COMPLETED');
    return ended.length > 30 && ended.every(({ verification }) => verification !== null);
  });
  // At another price, and without a trade. Where only the transactions have fills the order is not completed; and what
  // was compared while a fill was still to come is compared again.
  await world.until('the second witness to disagree on two orders for good', async () => {
    const orders = await world.record.findOrders({ limit: 1_000 });
    return orders.filter((order) => completed(order) && isFlagged(order, 'TRANSACTIONS_DISAGREE')).length === 2;
  });
  await stop();

  expect(await world.differences()).toEqual([]);
  expect(heard.orderUnreadable).toEqual([]);
  expect(heard.orderRefused).toEqual([]);
  expect(heard.noteRefused).toEqual([]);
  expect(heard.loopFailed).toEqual([]);
  await expectSoundRecord(world.record);

  const orders = await world.record.findOrders({ limit: 1_000 });
  const amended = orders.filter((order) => isFlagged(order, 'FILLS_AMENDED'));
  expect(amended, 'one corrected, one busted').toHaveLength(2);
  expect(orders.filter(({ verification }) => verification?.verdict === 'VERIFIED').length).toBeGreaterThan(25);
});

function completed({ known }: StoredOrder): boolean {
  return known.state.status === 'COMPLETED';
}

function isFlagged({ known }: StoredOrder, flag: OrderFlag): boolean {
  return known.state.flags.includes(flag);
}
