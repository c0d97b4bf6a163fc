import { describe, expect, it, vi } from 'vitest';

import { SchwabError } from '../errors.ts';
import { EagerClock, FakeClock, settle } from '../testing/fake-clock.ts';
import { sendWithRetry } from './send-with-retry.ts';

const serverError = () => new SchwabError('server', 'down', { operation: 'get-order' });

function setUp() {
  const clock = new EagerClock();
  return { clock, context: { operation: 'get-order' as const, clock, random: () => 0.5 } };
}

describe('sendWithRetry', () => {
  it('gives the first answer that comes, waiting longer each time', async () => {
    const { clock, context } = setUp();
    const attempt = vi
      .fn<(failures: number) => Promise<string>>()
      .mockRejectedValueOnce(serverError())
      .mockRejectedValueOnce(serverError())
      .mockResolvedValueOnce('answer');
    await expect(sendWithRetry(attempt, context)).resolves.toBe('answer');
    expect(attempt.mock.calls).toEqual([[0], [1], [2]]);
    expect(clock.sleeps).toEqual([375, 750]);
  });

  it('throws the last failure after three retries', async () => {
    const { context } = setUp();
    const attempt = vi.fn<() => Promise<string>>(() => Promise.reject(serverError()));
    await expect(sendWithRetry(attempt, context)).rejects.toThrow('down');
    expect(attempt).toHaveBeenCalledTimes(4);
  });

  it('throws a final failure at once', async () => {
    const { clock, context } = setUp();
    const notFound = new SchwabError('not-found', 'no such order', { operation: 'get-order' });
    await expect(sendWithRetry(() => Promise.reject(notFound), context)).rejects.toBe(notFound);
    expect(clock.sleeps).toEqual([]);
  });

  it('stops waiting when the caller gives up', async () => {
    const abort = new AbortController();
    const clock = new FakeClock();
    const attempt = vi.fn<() => Promise<string>>(() => Promise.reject(serverError()));
    const context = { operation: 'get-order' as const, clock, random: () => 0.5, signal: abort.signal };
    const call = sendWithRetry(attempt, context);
    await settle();
    abort.abort(new Error('shutting down'));
    await expect(call).rejects.toThrow('shutting down');
    expect(attempt).toHaveBeenCalledOnce();
  });
});
