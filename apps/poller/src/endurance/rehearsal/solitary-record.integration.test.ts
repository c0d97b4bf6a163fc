import { createTokenCipher, type FillDatabase, keyFromEnv, openDatabase } from '@fill-tracker/db';
import { MINUTE } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { DEMO_BROKER, type OwningTest } from '../../testing/world.ts';
import { solitaryRecord } from './solitary-record.ts';

const NOW = Date.parse('2026-10-30T13:30:00Z');

async function aRecord(test: OwningTest): Promise<FillDatabase> {
  const db = await openDatabase({ file: ':memory:', broker: DEMO_BROKER, now: () => NOW });
  test.onTestFinished(() => db.close());
  return db;
}

it('renews its lease every ten minutes, for longer than that', async (test) => {
  const db = await aRecord(test);
  const record = solitaryRecord(db);
  const fencing = (await record.acquireLease({ owner: 'me', now: NOW, ttlMs: 10_000 }))?.fencing ?? 0;
  const renew = (now: number) => record.renewLease({ fencing, now, ttlMs: 10_000, progress: { now } });
  for (const ms of [0, 3_000, 10 * MINUTE - 1]) expect(await renew(NOW + ms)).toBe(true);
  expect(await db.readLease()).toMatchObject({ progress: { now: NOW }, expiresAt: NOW + 20 * MINUTE });
  expect(await renew(NOW + 10 * MINUTE)).toBe(true);
  expect(await db.readLease()).toMatchObject({ progress: { now: NOW + 10 * MINUTE } });
});

it('finds a command that was queued through it', async (test) => {
  const record = solitaryRecord(await aRecord(test));
  expect(await record.loadQueuedCommands()).toEqual([]);
  await record.enqueueCommand({
    kind: 'TRACK',
    accountId: null,
    brokerOrderId: '1',
    orderId: null,
    requestedBy: 'test',
    requestedAt: NOW,
  });
  expect(await record.loadQueuedCommands()).toHaveLength(1);
});

it('keeps the tokens that it saves, in the database too', async (test) => {
  const db = await aRecord(test);
  const cipher = createTokenCipher(keyFromEnv('00'.repeat(32)));
  const tokens = solitaryRecord(db).tokenStore(cipher);
  expect(await tokens.load()).toBeNull();
  const token = {
    accessToken: 'a',
    accessTokenExpiresAt: 1,
    refreshToken: 'r',
    refreshTokenExpiresAt: 2,
    signedInAt: 0,
  };
  await tokens.save(token);
  expect(await tokens.load()).toEqual(token);
  expect(await db.tokenStore(cipher).load()).toEqual(token);
});
