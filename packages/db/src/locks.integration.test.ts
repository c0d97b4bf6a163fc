import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOW, openTestDatabase, temporaryDirectory } from './testing/test-database.ts';

const TTL = 10_000;
const one = { name: 'token-refresh', owner: 'one', now: NOW, ttlMs: TTL } as const;
const two = { ...one, owner: 'two' };

/** Two connections to one file, as of two processes. */
async function openTwice() {
  const file = join(temporaryDirectory(), 'record.db');
  return { first: await openTestDatabase(file), second: await openTestDatabase(file) };
}

describe('a lock', () => {
  it('is taken by one, and by the next once it is given up', async () => {
    const { first, second } = await openTwice();
    expect(await first.acquireLock(one)).toBe(true);
    expect(await second.acquireLock(two)).toBe(false);
    await first.releaseLock(one);
    expect(await second.acquireLock(two)).toBe(true);
  });

  it('is not taken twice by one owner either', async () => {
    const db = await openTestDatabase();
    await db.acquireLock(one);
    expect(await db.acquireLock(one)).toBe(false);
  });

  it('goes to another when it has run out, not a moment earlier', async () => {
    const { first, second } = await openTwice();
    await first.acquireLock(one);
    expect(await second.acquireLock({ ...two, now: NOW + TTL - 1 })).toBe(false);
    expect(await second.acquireLock({ ...two, now: NOW + TTL })).toBe(true);
  });

  it('is prolonged by its owner alone, also after it ran out while nobody took it', async () => {
    const { first, second } = await openTwice();
    await first.acquireLock(one);
    expect(await second.renewLock({ ...two, now: NOW + 1 })).toBe(false);
    expect(await first.renewLock({ ...one, now: NOW + 5 * TTL })).toBe(true);
    expect(await second.acquireLock({ ...two, now: NOW + 5 * TTL })).toBe(false);
  });

  it('is neither prolonged nor given up by a former owner', async () => {
    const { first, second } = await openTwice();
    await first.acquireLock(one);
    await second.acquireLock({ ...two, now: NOW + TTL });
    expect(await first.renewLock({ ...one, now: NOW + TTL })).toBe(false);
    await first.releaseLock(one);
    expect(await second.renewLock({ ...two, now: NOW + TTL })).toBe(true);
  });

  it('is taken by exactly one of many that ask at once', async () => {
    const { first, second } = await openTwice();
    const claims = Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? first : second).acquireLock({ ...one, owner: `owner ${n}` }),
    );
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });
});
