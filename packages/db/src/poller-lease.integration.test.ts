import { describe, expect, it } from 'vitest';
import { NOW, openTestDatabase } from './testing/test-database.ts';

const TTL = 10_000;
const one = { owner: 'poller-1', now: NOW, ttlMs: TTL };
const two = { owner: 'poller-2', now: NOW, ttlMs: TTL };

describe('the lease', () => {
  it('belongs to nobody at first', async () => {
    const db = await openTestDatabase();
    expect(await db.readLease()).toEqual({
      owner: null,
      fencing: 0,
      expiresAt: null,
      heartbeatAt: null,
      progress: null,
      lastLookAt: null,
    });
  });

  it('is held by one until it runs out', async () => {
    const db = await openTestDatabase();
    expect(await db.acquireLease(one)).toEqual({ fencing: 1 });
    expect(await db.acquireLease({ ...two, now: NOW + TTL - 1 })).toBeNull();
    expect(await db.acquireLease({ ...two, now: NOW + TTL })).toEqual({ fencing: 2 });
    expect(await db.readLease()).toMatchObject({ owner: 'poller-2', fencing: 2, expiresAt: NOW + 2 * TTL });
  });

  it('is prolonged with what the loop is at', async () => {
    const db = await openTestDatabase();
    await db.acquireLease(one);
    const progress = { phase: 'regular', loop: 17 };
    expect(await db.renewLease({ fencing: 1, now: NOW + 3_000, ttlMs: TTL, progress })).toBe(true);
    expect(await db.readLease()).toMatchObject({ heartbeatAt: NOW + 3_000, expiresAt: NOW + 3_000 + TTL, progress });
    expect(await db.acquireLease({ ...two, now: NOW + TTL })).toBeNull();
  });

  it('is prolonged though it ran out, while nobody took it', async () => {
    const db = await openTestDatabase();
    await db.acquireLease(one);
    expect(await db.renewLease({ fencing: 1, now: NOW + 5 * TTL, ttlMs: TTL, progress: {} })).toBe(true);
  });

  it('is not prolonged by a former holder', async () => {
    const db = await openTestDatabase();
    await db.acquireLease(one);
    await db.acquireLease({ ...two, now: NOW + TTL });
    expect(await db.renewLease({ fencing: 1, now: NOW + TTL, ttlMs: TTL, progress: {} })).toBe(false);
    expect(await db.readLease()).toMatchObject({ owner: 'poller-2' });
  });

  it('is free for the next one as soon as it is given up', async () => {
    const db = await openTestDatabase();
    await db.acquireLease(one);
    await db.releaseLease({ fencing: 1, now: NOW + 1 });
    expect(await db.acquireLease({ ...two, now: NOW + 1 })).toEqual({ fencing: 2 });
  });

  it('is not given up by a former holder', async () => {
    const db = await openTestDatabase();
    await db.acquireLease(one);
    await db.acquireLease({ ...two, now: NOW + TTL });
    await db.releaseLease({ fencing: 1, now: NOW + TTL });
    expect(await db.readLease()).toMatchObject({ owner: 'poller-2' });
  });

  it('has a new number when its own holder takes it again', async () => {
    const db = await openTestDatabase();
    await db.acquireLease(one);
    expect(await db.acquireLease(one)).toEqual({ fencing: 2 });
  });
});
