import { expect, it } from 'vitest';
import { createWorld } from './testing/world.ts';

const MINUTES = 60_000;

it("still compares with the market's prices what no answer came for in time", async (test) => {
  const world = await createWorld(test);
  world.simulator.setFaults([{ kind: 'timeout', path: '/pricehistory' }]);
  const fills = [{ afterMs: -10 * MINUTES, quantity: '10', price: '999.5' }];
  const id = world.script({ enteredAfterMs: -10 * MINUTES, candles: 'apart', fills });
  // Longer than the loop waits for a witness.
  const { heard } = await world.startPoller({ attemptTimeoutMs: 10_000 });
  await world.until('the question to take too long', () =>
    heard.brokerCallFailed.some(({ operation, kind }) => operation === 'get-price-history' && kind === 'timeout'),
  );
  world.simulator.setFaults([]);
  await world.until('the alarm', async () => (await world.order(id)).known.state.flags.length > 0);
  expect((await world.order(id)).known.state.flags).toEqual(['PRICE_OUTSIDE_MARKET']);
  // Not because a later look at the ended order brought it back.
  expect(world.simulator.requests().filter(({ path }) => path.endsWith('/transactions'))).toHaveLength(1);
});
