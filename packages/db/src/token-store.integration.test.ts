import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { NOW, openTestDatabase, temporaryDirectory } from './testing/test-database.ts';
import { createTokenCipher } from './token-cipher.ts';
import type { StoredToken } from './token-store.ts';

const KEY = new Uint8Array(32).fill(7);

const TOKEN: StoredToken = {
  accessToken: 'canary-access-token',
  accessTokenExpiresAt: NOW + 1_800_000,
  refreshToken: 'canary-refresh-token',
  refreshTokenExpiresAt: NOW + 7 * 86_400_000,
  signedInAt: NOW,
};

describe('tokens at rest', () => {
  it('are what was saved last', async () => {
    const store = (await openTestDatabase()).tokenStore(createTokenCipher(KEY));
    expect(await store.load()).toBeNull();
    await store.save(TOKEN);
    await store.save({ ...TOKEN, accessToken: 'newer' });
    expect(await store.load()).toEqual({ ...TOKEN, accessToken: 'newer' });
  });

  it('are nowhere readable in the files of the database', async () => {
    const directory = temporaryDirectory();
    const db = await openTestDatabase(join(directory, 'record.db'));
    await db.upsertAccount({ hash: 'canary-account', maskedNumber: '...1' });
    await db.tokenStore(createTokenCipher(KEY)).save(TOKEN);

    const bytes = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1'));
    expect(bytes.some((text) => text.includes('canary-account'))).toBe(true);
    expect(bytes.some((text) => /canary-(access|refresh)-token/.test(text))).toBe(false);
  });

  it('say so when the key is another one', async () => {
    const db = await openTestDatabase();
    await db.tokenStore(createTokenCipher(KEY)).save(TOKEN);
    const other = db.tokenStore(createTokenCipher(new Uint8Array(32).fill(8)));
    await expect(other.load()).rejects.toMatchObject({
      code: 'TOKEN_KEY',
      message: expect.stringContaining('sign in again'),
    });
    await other.save(TOKEN);
    expect(await other.load()).toEqual(TOKEN);
  });

  it('are not believed when a byte was altered', async () => {
    const file = join(temporaryDirectory(), 'record.db');
    const db = await openTestDatabase(file);
    const store = db.tokenStore(createTokenCipher(KEY));
    await store.save(TOKEN);
    const raw = new Database(file);
    raw.exec("UPDATE tokens SET ciphertext = CAST(x'00' || substr(ciphertext, 2) AS BLOB)");
    raw.close();
    await expect(store.load()).rejects.toMatchObject({ code: 'TOKEN_KEY' });
  });
});

describe('the sign-in', () => {
  it('is known without the key', async () => {
    const db = await openTestDatabase();
    expect(await db.readSignIn()).toBeNull();
    await db.tokenStore(createTokenCipher(KEY)).save(TOKEN);
    await db.tokenStore(createTokenCipher(KEY)).save({ ...TOKEN, signedInAt: NOW + 1 });
    expect(await db.readSignIn()).toEqual({ signedInAt: NOW + 1, refreshExpiresAt: TOKEN.refreshTokenExpiresAt });
  });
});
