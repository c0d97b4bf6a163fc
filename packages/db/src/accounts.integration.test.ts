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
