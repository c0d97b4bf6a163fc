import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from './testing/test-database.ts';
import { keyFromEnv, loadOrCreateKeyFile } from './token-key.ts';

describe('the key file', () => {
  it('is made on first use, for its owner alone, and read from then on', async () => {
    const path = join(temporaryDirectory(), 'data', 'token.key');
    const key = await loadOrCreateKeyFile(path);
    expect(key).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await loadOrCreateKeyFile(path)).toEqual(key);
  });

  it('is one, however many make it at once, and nothing is left beside it', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'token.key');
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateKeyFile(path)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(readdirSync(directory)).toEqual(['token.key']);
  });

  it.each([0o640, 0o604, 0o660])('is refused when others may use it (mode %o)', async (mode) => {
    const path = join(temporaryDirectory(), 'token.key');
    await loadOrCreateKeyFile(path);
    chmodSync(path, mode);
    await expect(loadOrCreateKeyFile(path)).rejects.toMatchObject({
      code: 'TOKEN_KEY',
      message: expect.stringContaining('chmod 600'),
    });
  });

  it('is refused, and kept, when it holds something else', async () => {
    const path = join(temporaryDirectory(), 'token.key');
    writeFileSync(path, 'hunter2', { mode: 0o600 });
    await expect(loadOrCreateKeyFile(path)).rejects.toMatchObject({ code: 'TOKEN_KEY' });
    expect(readFileSync(path, 'utf8')).toBe('hunter2');
  });
});

describe('the key of a setting', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, n) => n + 200));

  it.each(['hex', 'base64', 'base64url'] as const)('may be %s', (encoding) => {
    expect(Buffer.from(keyFromEnv(`${key.toString(encoding)}\n`))).toEqual(key);
  });

  it.each(['', 'secret', 'ab'.repeat(31), key.subarray(1).toString('base64'), `${key.toString('hex')}00`])(
    'is refused as "%s", without repeating it',
    (text) => {
      expect(() => keyFromEnv(text)).toThrow(/TOKEN_ENCRYPTION_KEY holds no key: 64 hex digits/);
    },
  );
});
