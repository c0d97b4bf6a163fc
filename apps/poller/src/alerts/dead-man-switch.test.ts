import { getEventListeners } from 'node:events';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import type { Clock } from '@fill-tracker/schwab-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newLoopProgress } from '../loop/loop-progress.ts';
import { createDeadManSwitch } from './dead-man-switch.ts';

/** The monitor is called once, for the clock ends the watch when the switch rests. */
async function pingOnce(monitor: typeof fetch) {
  const told: string[] = [];
  const end = new AbortController();
  const clock: Clock = {
    now: () => MONDAY_TEN,
    sleep() {
      end.abort();
      return Promise.resolve();
    },
  };
  const events = { pingTaken: () => void told.push('taken'), pingFailed: () => void told.push('failed') };
  vi.stubGlobal('fetch', monitor);
  const deadMan = createDeadManSwitch({ url: 'https://monitor.test/', clock, events });
  const progress = { ...newLoopProgress(), lastCompleteAt: MONDAY_TEN, lastOutcome: 'complete' as const };
  const before = Reflect.ownKeys(end.signal).length;
  const watching = deadMan.watch(progress, end.signal);
  await vi.runAllTimersAsync();
  await watching;
  return { told, signal: end.signal, keysAdded: Reflect.ownKeys(end.signal).length - before };
}

describe('a ping', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('that is taken leaves neither timer nor listener behind', async () => {
    const { told, signal, keysAdded } = await pingOnce(() => Promise.resolve(new Response()));
    expect([told, vi.getTimerCount(), getEventListeners(signal, 'abort'), keysAdded]).toEqual([['taken'], 0, [], 0]);
  });

  it('that nobody answers is given up in time', async () => {
    const { told, signal, keysAdded } = await pingOnce(
      (_address, init) =>
        new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('given up')))),
    );
    expect([told, getEventListeners(signal, 'abort'), keysAdded]).toEqual([['failed'], [], 0]);
  });
});
