import { HOUR } from '@fill-tracker/domain';
import { systemClock } from '@fill-tracker/schwab-client';
import { expect, it } from 'vitest';
import { expectSoundRecord } from './testing/sound-record.ts';
import { createWorld } from './testing/world.ts';

it('looks again at an order that ended, and takes in what the broker corrected meanwhile', async (test) => {
  const world = await createWorld(test);
  const first = await world.startPoller();
  await world.until(
    'a first look: the first price stands for less than a second',
    () => first.heard.cycleEnded.length > 0,
  );
  const id = world.script({
    quantity: '10',
    fills: [
      {
        afterMs: 100,
        quantity: '10',
        price: '22.73',
        correction: { afterMs: 5_000, kind: 'CORRECTED', price: '22.71' },
      },
    ],
  });
  await world.until('the first price', () => world.isCompleted(id));
  expect((await world.order(id)).known.state.averagePrice?.toFixed()).toBe('22.73');
  await first.stop();
  await expect.poll(() => world.simulator.truth().orders[0]?.averagePrice, { timeout: 40_000 }).toBe('22.71');

  // The next day: the list no longer reaches back to it, so that only the look by its id can tell.
  const clock = {
    now: () => systemClock.now() + 26 * HOUR,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 10, signal),
  };
  const { heard, stop } = await world.startPoller({ clock });
  await world.until('the correction', async () => (await world.order(id)).known.withdrawn.length === 1);
  const { known, withdrawnFills } = await world.order(id);
  expect(known.state.averagePrice?.toFixed()).toBe('22.71');
  expect(known.fills).toMatchObject([{ version: 2 }]);
  expect(withdrawnFills).toMatchObject([{ version: 1 }]);
  await stop();
  expect(heard.noteRefused).toEqual([]);
  await expectSoundRecord(world.record);
});

it('keeps in sight what the broker lists and nobody tracks, until somebody does', async (test) => {
  const world = await createWorld(test);
  await world.startPoller({ config: { discoversOrders: false } });
  const id = world.script({ symbol: 'AMD', fills: [{ afterMs: 100, quantity: '10', price: '162.6' }] });
  await world.until('the sighting', async () => (await world.record.listSightings(10)).length === 1);
  expect(await world.record.listSightings(10)).toMatchObject([{ brokerOrderId: id, symbol: 'AMD', accountId: 'A1' }]);
  await world.track(id);
  await world.untilRecordEqualsTruth(id);
  expect(await world.record.listSightings(10)).toEqual([]);
});
