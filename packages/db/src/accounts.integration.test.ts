import { expect, it } from 'vitest';
import { openTestDatabase } from './testing/test-database.ts';

it('gives accounts short ids in the order of their appearance', async () => {
  const db = await openTestDatabase();
  for (let n = 1; n <= 11; n += 1) await db.upsertAccount({ hash: `HASH-${n}`, maskedNumber: `...${n}` });
  const accounts = await db.listAccounts();
  expect(accounts.map(({ id }) => id)).toEqual(Array.from({ length: 11 }, (_, n) => `A${n + 1}`));
  expect(accounts[0]).toEqual({ id: 'A1', hash: 'HASH-1', maskedNumber: '...1', label: null, enabled: true });
});

it('knows an account again by its hash, and keeps its label unless a new one is given', async () => {
  const db = await openTestDatabase();
  await db.upsertAccount({ hash: 'HASH-1', maskedNumber: '...1', label: 'Long term' });
  const again = await db.upsertAccount({ hash: 'HASH-1', maskedNumber: '...21' });
  expect(again).toMatchObject({ id: 'A1', maskedNumber: '...21', label: 'Long term' });
  expect(await db.upsertAccount({ hash: 'HASH-1', maskedNumber: '...21', label: 'IRA' })).toMatchObject({
    label: 'IRA',
  });
});

it('knows an account again by its number under another hash, as another app registration gives', async () => {
  const db = await openTestDatabase();
  const [one, other] = [
    { maskedNumber: '...1', numberDigest: 'd1' },
    { maskedNumber: '...1', numberDigest: 'd2' },
  ];
  await db.upsertAccount({ hash: 'HASH-1', maskedNumber: '...1', label: 'Long term' });
  await db.upsertAccount({ ...one, hash: 'HASH-1' });
  expect(await db.upsertAccount({ ...other, hash: 'OTHER-2' })).toMatchObject({ id: 'A2' });
  expect(await db.upsertAccount({ ...one, hash: 'OTHER-1' })).toMatchObject({ id: 'A1', label: 'Long term' });
  expect(await db.upsertAccount({ ...one, hash: 'HASH-1' })).toMatchObject({ id: 'A1', hash: 'HASH-1' });
  expect((await db.listAccounts()).map(({ id, hash }) => `${id} ${hash}`)).toEqual(['A1 HASH-1', 'A2 OTHER-2']);
});

it('leaves two rows of one number as they are, when an older version made them', async () => {
  const db = await openTestDatabase();
  await db.upsertAccount({ hash: 'HASH-1', maskedNumber: '...1' });
  await db.upsertAccount({ hash: 'OTHER-1', maskedNumber: '...1' });
  for (const hash of ['HASH-1', 'OTHER-1', 'HASH-1']) {
    expect(await db.upsertAccount({ hash, maskedNumber: '...1', numberDigest: 'd1' })).toMatchObject({ hash });
  }
  expect(await db.listAccounts()).toHaveLength(2);
});
