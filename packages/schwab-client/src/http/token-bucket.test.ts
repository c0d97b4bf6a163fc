import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { LANES } from '../operation.ts';
import type { Lane } from '../operation.ts';
import { FakeClock, settle } from '../testing/fake-clock.ts';
import { limitsFor, TokenBucket } from './token-bucket.ts';

function setUp(requestsPerMinute: number) {
  const clock = new FakeClock();
  return { clock, bucket: new TokenBucket({ requestsPerMinute, clock }) };
}

/** Takes tokens until one must be waited for, and leaves that waiter to be aborted. */
async function drain(bucket: TokenBucket): Promise<void> {
  for (;;) {
    const abort = new AbortController();
    const waiting = bucket.acquire('sign-in', abort.signal).catch(() => undefined);
    if (bucket.state().waiting === 1) {
      abort.abort();
      await waiting;
      return;
    }
    await waiting;
  }
}

describe('TokenBucket', () => {
  it('grants a burst of ten at once and spaces what follows', async () => {
    const { bucket, clock } = setUp(60);
    let granted = 0;
    const all = Array.from({ length: 12 }, async () => {
      await bucket.acquire('rest');
      granted += 1;
    });
    await settle();
    expect(granted).toBe(10);
    await clock.advance(10_000);
    expect(granted).toBe(12);
    await Promise.all(all);
  });

  it('never lets more through in any 60 s, never stalls, and settles everybody, whatever comes', async () => {
    const call = fc.record({
      lane: fc.constantFrom(...LANES),
      gapMs: fc.integer({ min: 0, max: 4_000 }),
      abortAfterMs: fc.option(fc.integer({ min: 0, max: 20_000 }), { freq: 5 }),
      answer: fc.constantFrom('fine', 'fine', 'fine', '429', '429 with Retry-After'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 130 }),
        fc.array(call, { minLength: 1, maxLength: 60 }),
        async (perMinute, calls) => {
          const { bucket, clock } = setUp(perMinute);
          const grants: number[] = [];
          let settled = 0;
          for (const { lane, gapMs, abortAfterMs, answer } of calls) {
            const abort = new AbortController();
            if (abortAfterMs !== null) void clock.sleep(abortAfterMs).then(() => abort.abort());
            const onGrant = () => {
              grants.push(clock.now());
              if (answer === 'fine') bucket.forgive();
              else bucket.penalise(answer === '429' ? null : 3_000);
            };
            void bucket
              .acquire(lane, abort.signal)
              .then(onGrant, () => undefined)
              .finally(() => {
                settled += 1;
              });
            await clock.advance(gapMs);
          }
          // Every call may meet the longest pause, and at one a minute each waits a minute besides.
          await clock.advance(calls.length * 120_000 + 60_000);

          expect(settled).toBe(calls.length);
          expect(bucket.state().waiting).toBe(0);
          expect(clock.sleeping()).toBe(0);
          for (const { count, windowMs } of limitsFor(perMinute)) {
            for (const start of grants) {
              expect(grants.filter((time) => time >= start && time < start + windowMs).length).toBeLessThanOrEqual(
                count,
              );
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('uses the whole budget when it is wanted', async () => {
    const { bucket, clock } = setUp(80);
    let granted = 0;
    for (let call = 0; call < 400; call++) void bucket.acquire('rest').then(() => (granted += 1));
    await clock.advance(180_000 - 1);
    expect(granted).toBe(240);
  });

  it('serves waiters by lane, and in order of arrival within one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...LANES), { maxLength: 30 }), async (lanes) => {
        const { bucket, clock } = setUp(30);
        await drain(bucket);
        const served: { lane: Lane; arrival: number }[] = [];
        const waits = lanes.map(async (lane, arrival) => {
          await bucket.acquire(lane);
          served.push({ lane, arrival });
        });
        await clock.advance(180_000);
        await Promise.all(waits);
        const byRank = lanes
          .map((lane, arrival) => ({ lane, arrival }))
          .sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane) || a.arrival - b.arrival);
        expect(served).toEqual(byRank);
      }),
      { numRuns: 30 },
    );
  });

  it('lets a late sign-in pass those who already wait', async () => {
    const { bucket, clock } = setUp(1);
    await bucket.acquire('rest');
    const served: Lane[] = [];
    void bucket.acquire('rest').then(() => served.push('rest'));
    void bucket.acquire('sign-in').then(() => served.push('sign-in'));
    await clock.advance(60_000);
    expect(served).toEqual(['sign-in']);
  });

  it('forgets a waiter who gives up, and does not count him', async () => {
    const { bucket, clock } = setUp(1);
    await bucket.acquire('rest');
    const abort = new AbortController();
    const waiting = bucket.acquire('command', abort.signal);
    abort.abort(new Error('no longer wanted'));
    await expect(waiting).rejects.toThrow('no longer wanted');
    expect(bucket.state()).toMatchObject({ waiting: 0, usedLastMinute: 1 });
    await settle();
    expect(clock.sleeping()).toBe(0);
  });

  it('refuses a call that was aborted before it came', async () => {
    const { bucket } = setUp(1);
    await expect(bucket.acquire('rest', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(bucket.state().usedLastMinute).toBe(0);
  });

  it('serves on after all who waited gave up', async () => {
    const { bucket, clock } = setUp(1);
    await bucket.acquire('rest');
    const abort = new AbortController();
    const gone = bucket.acquire('rest', abort.signal).catch(() => 'gone');
    abort.abort();
    const next = bucket.acquire('rest').then(() => 'granted');
    await clock.advance(60_000);
    expect(await Promise.all([gone, next])).toEqual(['gone', 'granted']);
  });

  it('pauses every lane for as long as Schwab asks', async () => {
    const { bucket, clock } = setUp(60);
    bucket.penalise(30_000);
    expect(bucket.state().pausedUntil).toBe(clock.now() + 30_000);
    const granted = vi.fn<() => void>();
    void bucket.acquire('sign-in').then(granted);
    await clock.advance(29_999);
    expect(granted).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(granted).toHaveBeenCalledOnce();
    expect(bucket.state().pausedUntil).toBeNull();
  });

  it('holds back those who waited already when the pause begins', async () => {
    const { bucket, clock } = setUp(1);
    await bucket.acquire('rest');
    const granted = vi.fn<() => void>();
    void bucket.acquire('rest').then(granted);
    await clock.advance(50_000);
    bucket.penalise(40_000);
    await clock.advance(39_999);
    expect(granted).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(granted).toHaveBeenCalledOnce();
  });

  it('pauses longer with each 429 in a row that does not say how long, and starts small after a good answer', async () => {
    const { bucket, clock } = setUp(60);
    const pauseAfter429 = async () => {
      bucket.penalise(null);
      const pause = (bucket.state().pausedUntil ?? Number.NaN) - clock.now();
      await clock.advance(pause);
      return pause;
    };
    const pauses = [];
    for (let count = 0; count < 7; count++) pauses.push(await pauseAfter429());
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    bucket.forgive();
    expect(await pauseAfter429()).toBe(2_000);
  });

  it('counts 429s that were under way together as one', () => {
    const { bucket, clock } = setUp(60);
    for (let count = 0; count < 5; count++) bucket.penalise(null);
    expect(bucket.state().pausedUntil).toBe(clock.now() + 2_000);
  });

  it('is not appeased by good answers that were under way when the pause began', async () => {
    const { bucket, clock } = setUp(60);
    bucket.penalise(null);
    bucket.forgive();
    await clock.advance(2_000);
    bucket.penalise(null);
    expect(bucket.state().pausedUntil).toBe(clock.now() + 4_000);
  });

  it('does not take "Retry-After: 0" for leave to storm', () => {
    const { bucket, clock } = setUp(60);
    bucket.penalise(0);
    expect(bucket.state().pausedUntil).toBe(clock.now() + 2_000);
  });

  it('does not fall silent for an hour when the clock is set back by one', async () => {
    const { bucket, clock } = setUp(2);
    await drain(bucket);
    const granted = vi.fn<() => void>();
    clock.set(clock.now() - 3_600_000);
    void bucket.acquire('rest').then(granted);
    await clock.advance(60_000);
    expect(granted).toHaveBeenCalledOnce();
  });

  it('fails its waiters when the clock fails, and serves the next', async () => {
    const clock = new FakeClock();
    const sleep = vi.spyOn(clock, 'sleep').mockRejectedValueOnce(new Error('the clock broke'));
    const bucket = new TokenBucket({ requestsPerMinute: 1, clock });
    await bucket.acquire('rest');
    await expect(bucket.acquire('rest')).rejects.toThrow('the clock broke');
    const next = bucket.acquire('rest');
    await clock.advance(60_000);
    await next;
    expect(sleep).toHaveBeenCalledTimes(2);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses a budget of %d', (requestsPerMinute) => {
    expect(() => setUp(requestsPerMinute)).toThrow(RangeError);
  });
});
