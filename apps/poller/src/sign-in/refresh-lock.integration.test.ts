import { join } from 'node:path';
import { type Clock, systemClock } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { startBrokerProxy } from '../testing/broker-proxy.ts';
import { runCommand } from '../testing/command-line.ts';
import { ageAccessToken, anotherClient, refreshesOf, signInElsewhere } from '../testing/signing-in.ts';
import { createWorld } from '../testing/world.ts';
import { createRefreshLock } from './refresh-lock.ts';

const COMMAND = { lane: 'command' } as const;

/** Time goes by in its sleeps alone, so that minutes take none. */
function sleepingClock(): Clock {
  let now = Date.now();
  return {
    now: () => now,
    async sleep(ms, signal) {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      now += ms;
    },
  };
}

describe('clients of one record whose access token is too old', () => {
  it('refresh it once, all of them together', async (test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    const clients = await Promise.all([1, 2, 3].map(() => anotherClient(world)));
    await ageAccessToken(world);
    await Promise.all(clients.map((client) => client.listAccounts(COMMAND)));
    expect(refreshesOf(world)).toHaveLength(1);
  });

  it('replace it once when the broker has ended it before its time', async (test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    const clients = await Promise.all([1, 2, 3].map(() => anotherClient(world)));
    world.simulator.setFaults([{ kind: 'unauthorized', count: 3, path: 'accountNumbers' }]);
    await Promise.all(clients.map((client) => client.listAccounts(COMMAND)));
    expect(refreshesOf(world)).toHaveLength(1);
  });

  it('refresh it once as programs of their own, which meet while the broker takes its time', async (test) => {
    const world = await createWorld(test);
    const isRefresh = (body: string): boolean => body.includes('grant_type=refresh_token');
    const broker = await startBrokerProxy(test, world.simulator.url, {
      // Long enough for the other program to come as far: without a lock it would refresh too.
      holdFor: (body) => (isRefresh(body) ? 1_500 : 0),
    });
    // Leaves the demo's tokens in the record, none of which gives access yet.
    await world.preparePoller();
    const variables = {
      DEMO: '1',
      SIMULATOR_PORT: String(broker.port),
      DATABASE_URL: `file:${world.file}`,
    };
    const runs = await Promise.all(
      ['one', 'two'].map((name) => {
        const args = ['tokens', 'export', '--for-bot', join(world.directory, name), '--env', '/dev/null'];
        return runCommand(test, args, variables);
      }),
    );
    expect(runs.map(({ status, stderr }) => (status === 0 ? '' : stderr))).toEqual(['', '']);
    expect(broker.exchanges.filter(({ requestBody }) => isRefresh(requestBody))).toHaveLength(1);
  });
});

describe('the lock', () => {
  it('keeps out others for as long as the work takes, however long', async (test) => {
    const world = await createWorld(test);
    const lock = createRefreshLock({ db: world.record, clock: sleepingClock(), newOwner: () => 'one' });
    const claim = { name: 'token-refresh', owner: 'two', ttlMs: 15_000 } as const;
    const clock = sleepingClock();
    await lock.withLock(async () => {
      for (let i = 0; i < 20; i += 1) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(await world.record.acquireLock({ ...claim, now: clock.now() })).toBe(false);
      }
    });
    expect(await world.record.acquireLock({ ...claim, now: clock.now() })).toBe(true);
  });

  it('goes to the next when its owner died', async (test) => {
    const world = await createWorld(test);
    const clock = sleepingClock();
    const before = clock.now();
    await world.record.acquireLock({ name: 'token-refresh', owner: 'dead', now: before, ttlMs: 15_000 });
    const lock = createRefreshLock({ db: world.record, clock, newOwner: () => 'two' });
    expect(await lock.withLock(() => Promise.resolve('done'))).toBe('done');
    expect(clock.now() - before).toBeLessThan(16_000);
  });

  it('is not waited for for ever, and the reason is told', async (test) => {
    const world = await createWorld(test);
    const clock = sleepingClock();
    await world.record.acquireLock({ name: 'token-refresh', owner: 'hung', now: clock.now(), ttlMs: 3_600_000 });
    const lock = createRefreshLock({ db: world.record, clock, newOwner: () => 'two' });
    const waiting = lock.withLock(() => Promise.resolve('done'));
    await expect(waiting).rejects.toMatchObject({ kind: 'timeout', message: expect.stringContaining('150 s') });
  });

  it('is free again after work that failed, whose error comes through', async (test) => {
    const world = await createWorld(test);
    const lock = createRefreshLock({ db: world.record, clock: systemClock, newOwner: () => 'one' });
    await expect(lock.withLock(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(await lock.withLock(() => Promise.resolve('done'))).toBe('done');
  });
});
