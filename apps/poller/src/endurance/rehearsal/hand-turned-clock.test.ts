import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HandTurnedClock } from './hand-turned-clock.ts';

function clockAt(startsAt: number, stepMs = 1): HandTurnedClock {
  return new HandTurnedClock({ startsAt, stepMs, untilCalm: () => nextTurn() });
}

describe('HandTurnedClock', () => {
  it('wakes sleepers in their order, each at its own instant, those that begin meanwhile too', async () => {
    const clock = clockAt(1_000);
    const woken: string[] = [];
    const sleeps = async (name: string, ...rests: readonly number[]): Promise<void> => {
      for (const ms of rests) {
        await clock.sleep(ms);
        woken.push(`${name} ${clock.now()}`);
      }
    };
    const all = [sleeps('a', 300, 100), sleeps('b', 200, 150)];
    await clock.runUntil(1_500);
    await Promise.all(all);
    expect(woken).toEqual(['b 1200', 'a 1300', 'b 1350', 'a 1400']);
    expect(clock.now()).toBe(1_500);
  });

  it('lets nobody wake who wants to sleep beyond the end', async () => {
    const clock = clockAt(0);
    let isAwake = false;
    const sleep = clock.sleep(101).then(() => (isAwake = true));
    await clock.runUntil(100);
    expect(isAwake).toBe(false);
    await clock.runUntil(101);
    expect(await sleep).toBe(true);
  });

  it('rounds every waking up to its step', async () => {
    const clock = clockAt(500, 1_000);
    const sleep = clock.sleep(200).then(() => clock.now());
    await clock.runUntil(5_000);
    expect(await sleep).toBe(1_000);
  });

  it('ends a sleep with the reason of its signal, at once', async () => {
    const clock = clockAt(0);
    const ending = new AbortController();
    const sleep = clock.sleep(1_000, ending.signal);
    ending.abort(new Error('no more'));
    await expect(sleep).rejects.toThrow('no more');
    await expect(clock.sleep(1, ending.signal)).rejects.toThrow('no more');
  });
});
