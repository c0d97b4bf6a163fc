import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { linkedSignal } from './linked-signal.ts';

function listenersOf(...signals: readonly AbortSignal[]): readonly number[] {
  return signals.map((signal) => getEventListeners(signal, 'abort').length);
}

describe('linkedSignal', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('aborts with the first of its sources, for the same reason', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const linked = linkedSignal([first.signal, undefined, second.signal], 1_000);
    expect(linked.signal.aborted).toBe(false);
    second.abort('shutting down');
    first.abort('too late');
    vi.advanceTimersByTime(1_000);
    expect([linked.signal.reason, linked.expired()]).toEqual(['shutting down', false]);
  });

  it('aborts when the time is up, and says that it was the time', () => {
    const source = new AbortController();
    const linked = linkedSignal([source.signal], 1_000);
    vi.advanceTimersByTime(999);
    expect([linked.signal.aborted, linked.expired()]).toEqual([false, false]);
    vi.advanceTimersByTime(1);
    source.abort('too late');
    expect(linked.signal.reason).toMatchObject({ name: 'TimeoutError' });
    expect(linked.expired()).toBe(true);
  });

  it('aborts at once when a source already has', () => {
    const linked = linkedSignal([new AbortController().signal, AbortSignal.abort('gone'), AbortSignal.abort('later')]);
    expect([linked.signal.reason, linked.expired()]).toEqual(['gone', false]);
  });

  it('needs neither a source nor a time', () => {
    expect(linkedSignal([undefined]).signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets go of timer and sources when disposed', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const linked = linkedSignal([first.signal, second.signal], 1_000);
    expect([vi.getTimerCount(), ...listenersOf(first.signal, second.signal)]).toEqual([1, 1, 1]);
    linked[Symbol.dispose]();
    expect([vi.getTimerCount(), ...listenersOf(first.signal, second.signal)]).toEqual([0, 0, 0]);
    first.abort();
    expect([linked.signal.aborted, linked.expired()]).toEqual([false, false]);
  });

  it('may be one of many at a time, without a warning of a leak', () => {
    const warns = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const { signal } = new AbortController();
    for (let made = 0; made < 20; made += 1) linkedSignal([signal]);
    expect(listenersOf(signal)).toEqual([20]);
    expect(warns).not.toHaveBeenCalled();
  });

  it('leaves nothing behind at a source, however often one is made and used', () => {
    const { signal } = new AbortController();
    const before = Reflect.ownKeys(signal).length;
    for (let made = 0; made < 100; made += 1) {
      using linked = linkedSignal([signal, new AbortController().signal], 1_000);
      expect(linked.signal.aborted).toBe(false);
    }
    expect([listenersOf(signal), Reflect.ownKeys(signal).length, vi.getTimerCount()]).toEqual([[0], before, 0]);
  });
});
