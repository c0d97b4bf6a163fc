import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { startDeadline } from './deadline.ts';

describe('startDeadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('aborts when the time is up, and says that it was the time', () => {
    const deadline = startDeadline(1_000, undefined);
    vi.advanceTimersByTime(999);
    expect(deadline.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect([deadline.signal.aborted, deadline.expired()]).toEqual([true, true]);
  });

  it('aborts with its caller, for his reason', () => {
    const abort = new AbortController();
    const deadline = startDeadline(1_000, abort.signal);
    abort.abort('shutting down');
    expect([deadline.signal.reason, deadline.expired()]).toEqual(['shutting down', false]);
  });

  it('aborts at once when its caller already has', () => {
    expect(startDeadline(1_000, AbortSignal.abort('gone')).signal.reason).toBe('gone');
  });

  it('lets go of timer and caller when disposed', () => {
    const abort = new AbortController();
    const deadline = startDeadline(1_000, abort.signal);
    deadline[Symbol.dispose]();
    abort.abort();
    expect([vi.getTimerCount(), deadline.signal.aborted]).toEqual([0, false]);
  });
});
