import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { within } from './within.ts';

const NEVER = new AbortController().signal;

const clientPausedUntil = (pausedUntil: number | null) => ({
  budget: () => ({ perMinute: 80, allowedPerMinute: 40, usedLastMinute: 4, waiting: 1, pausedUntil }),
});
const UNPAUSED = clientPausedUntil(null);

/** A call that ends only when it is told to. */
const untilTold = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('told to end')), { once: true }));

describe('within', () => {
  it('gives what the call gives in time', async () => {
    await expect(within(UNPAUSED, 10_000, NEVER, () => Promise.resolve('answer'))).resolves.toBe('answer');
  });

  it('ends a call that takes longer, as a timeout', async () => {
    await expect(within(UNPAUSED, 1, NEVER, untilTold)).rejects.toMatchObject({ name: 'SchwabError', kind: 'timeout' });
  });

  it('ends a call that spent its time in a pause that Schwab wanted, as rate-limited', async () => {
    const paused = clientPausedUntil(Date.parse('2026-01-05T15:00:30Z'));
    await expect(within(paused, 1, NEVER, untilTold)).rejects.toMatchObject({
      name: 'SchwabError',
      kind: 'rate-limited',
      message: 'not asked within 0.001 s: Schwab said 429, and nothing is sent until 2026-01-05T15:00:30.000Z',
    });
  });

  it('leaves the end that the caller asked for as it is', async () => {
    const caller = new AbortController();
    const call = within(UNPAUSED, 10_000, caller.signal, untilTold);
    caller.abort();
    await expect(call).rejects.toThrow('told to end');
  });

  it('leaves nothing behind at the signal of the caller, however the call ends', async () => {
    const { signal } = new AbortController();
    const before = Reflect.ownKeys(signal).length;
    await within(UNPAUSED, 10_000, signal, () => Promise.resolve('answer'));
    await within(UNPAUSED, 1, signal, untilTold).catch(() => undefined);
    await within(UNPAUSED, 10_000, signal, () => Promise.reject(new TypeError('its own'))).catch(() => undefined);
    expect([getEventListeners(signal, 'abort'), Reflect.ownKeys(signal).length]).toEqual([[], before]);
  });

  it('leaves a failure of the call itself as it is', async () => {
    await expect(within(UNPAUSED, 10_000, NEVER, () => Promise.reject(new TypeError('its own')))).rejects.toThrow(
      'its own',
    );
  });
});
