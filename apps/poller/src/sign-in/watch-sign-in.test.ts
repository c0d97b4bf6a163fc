import { getEventListeners } from 'node:events';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import type { Clock } from '@fill-tracker/schwab-client';
import { expect, it } from 'vitest';
import { createSignInWatch } from './watch-sign-in.ts';

it('leaves nothing behind at the signal that ends it, however often it rests', async () => {
  const end = new AbortController();
  let rests = 0;
  const clock: Clock = {
    now: () => MONDAY_TEN,
    sleep() {
      rests += 1;
      if (rests === 20) end.abort();
      return Promise.resolve();
    },
  };
  const ignore = (): void => undefined;
  const watch = createSignInWatch({
    db: { countOrders: () => Promise.reject(new Error('nobody should ask')) },
    client: { signInTimes: () => Promise.resolve(null) },
    clock,
    events: { signInEnding: ignore, signInNeeded: ignore, signedIn: ignore, loopFailed: ignore },
    warnsAhead: true,
  });
  const before = Reflect.ownKeys(end.signal).length;
  await watch.watch(end.signal);
  expect(rests).toBe(20);
  expect([getEventListeners(end.signal, 'abort'), Reflect.ownKeys(end.signal).length]).toEqual([[], before]);
});
