import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { within } from './within.ts';

const NEVER = new AbortController().signal;

/** A call that ends only when it is told to. */
const untilTold = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('told to end')), { once: true }));

describe('within', () => {
  it('gives what the call gives in time', async () => {
    await expect(within(10_000, NEVER, () => Promise.resolve('answer'))).resolves.toBe('answer');
  });

  it('ends a call that takes longer, as a timeout', async () => {
    await expect(within(1, NEVER, untilTold)).rejects.toMatchObject({ name: 'SchwabError', kind: 'timeout' });
  });

  it('leaves the end that the caller asked for as it is', async () => {
    const caller = new AbortController();
    const call = within(10_000, caller.signal, untilTold);
    caller.abort();
    await expect(call).rejects.toThrow('told to end');
  });

  it('leaves nothing behind at the signal of the caller, however the call ends', async () => {
    const { signal } = new AbortController();
    const before = Reflect.ownKeys(signal).length;
    await within(10_000, signal, () => Promise.resolve('answer'));
    await within(1, signal, untilTold).catch(() => undefined);
    await within(10_000, signal, () => Promise.reject(new TypeError('its own'))).catch(() => undefined);
    expect([getEventListeners(signal, 'abort'), Reflect.ownKeys(signal).length]).toEqual([[], before]);
  });

  it('leaves a failure of the call itself as it is', async () => {
    await expect(within(10_000, NEVER, () => Promise.reject(new TypeError('its own')))).rejects.toThrow('its own');
  });
});
