import type { Account } from '@fill-tracker/db';
import { MINUTE } from '@fill-tracker/domain';
import { type AccountReference, SchwabError } from '@fill-tracker/schwab-client';
import { expect, it } from 'vitest';
import { accountDigest } from './account-digest.ts';
import { createAccountDirectory } from './account-directory.ts';

/** A directory over a login that a test changes, by a clock that it moves. */
function directoryOf(...numbers: readonly string[]) {
  const world = { now: 1_000_000, login: numbers, refusal: null as SchwabError | null, asked: 0, more: 0 };
  const rows: Account[] = [];
  const directory = createAccountDirectory({
    db: {
      listAccounts: () => Promise.resolve(rows),
      upsertAccount({ hash, maskedNumber }) {
        const known = rows.find((row) => row.hash === hash);
        const row = known ?? { id: `A${rows.length + 1}`, hash, maskedNumber, label: null, enabled: true };
        if (known === undefined) rows.push(row);
        return Promise.resolve(row);
      },
    },
    client: {
      listAccounts() {
        world.asked += 1;
        const references = world.login.map((number): AccountReference => ({
          accountNumber: number,
          hash: `H${number}`,
        }));
        return world.refusal === null ? Promise.resolve(references) : Promise.reject(world.refusal);
      },
    },
    clock: { now: () => world.now },
    digestOf: (number) => `digest of ${number}`,
    onMore: () => (world.more += 1),
  });
  const ids = async (): Promise<string> => (await directory.current()).map(({ id }) => id).join();
  return { world, directory, ids };
}

it('asks once in five minutes, and sees what somebody signed in to elsewhere', async () => {
  const { world, directory, ids } = directoryOf('11111111');
  expect([await ids(), await ids(), world.asked]).toEqual(['A1', 'A1', 1]);
  world.login = ['11111111', '22222222'];
  world.now += 5 * MINUTE - 1;
  expect([await ids(), world.asked, world.more]).toEqual(['A1', 1, 0]);
  world.now += 1;
  expect([await ids(), world.asked, world.more]).toEqual(['A1,A2', 2, 1]);
  expect(directory.byNumber('22222222')).toEqual({ id: 'A2', hash: 'H22222222' });
});

it('names the accounts of the record that the login does not reach, since when', async () => {
  const { world, directory, ids } = directoryOf('11111111', '22222222');
  expect([await ids(), directory.missing()]).toEqual(['A1,A2', []]);
  world.login = ['11111111'];
  directory.forget();
  const since = (world.now += 1);
  expect([await ids(), directory.byNumber('22222222')]).toEqual(['A1', null]);
  world.now += 5 * MINUTE;
  await ids();
  expect(directory.missing()).toEqual([{ id: 'A2', maskedNumber: '…222', since }]);
  world.login = ['11111111', '22222222'];
  directory.forget();
  expect([await ids(), directory.missing(), world.more]).toEqual(['A1,A2', [], 1]);
});

it('keeps what it knows while the broker does not answer, but not after it was told to forget', async () => {
  const { world, directory, ids } = directoryOf('11111111');
  await ids();
  world.refusal = new SchwabError('timeout', 'no answer');
  world.now += 5 * MINUTE;
  expect(await ids()).toBe('A1');
  directory.forget();
  await expect(ids()).rejects.toThrow('no answer');
  world.refusal = null;
  expect(await ids()).toBe('A1');
});

it('does not take a login that reaches no account for one without orders', async () => {
  const { world, ids } = directoryOf();
  await expect(ids()).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringContaining('reaches no account'),
  });
  world.login = ['11111111'];
  expect(await ids()).toBe('A1');
  world.login = [];
  world.now += 5 * MINUTE;
  await expect(ids()).rejects.toThrow('reaches no account');
  await expect(ids()).rejects.toThrow('reaches no account');
});

it('knows a number again by a digest that does not give it away', () => {
  const [one, other] = [accountDigest(Buffer.alloc(32, 1)), accountDigest(Buffer.alloc(32, 2))];
  expect(one('12345678')).toMatch(/^[0-9a-f]{64}$/);
  expect(one('12345678')).toBe(one('12345678'));
  expect(new Set([one('12345678'), one('12345679'), other('12345678')]).size).toBe(3);
});
