import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FillDatabaseError } from './errors.ts';

/**
 * The key of a setting: 64 hex digits, or base64 (or base64url) of 32 bytes.
 *
 * @throws {FillDatabaseError} TOKEN_KEY; the message does not repeat the text
 */
export function keyFromEnv(text: string): Uint8Array {
  return parseKey(text, 'TOKEN_ENCRYPTION_KEY');
}

/**
 * The key in a file, which is made on first use: 32 random bytes in hex, readable by its owner alone.
 *
 * Of two processes that begin at once, both use the same key: the file appears whole under its name, or not at all.
 *
 * @throws {FillDatabaseError} TOKEN_KEY when others may read the file, or it holds no key
 */
export async function loadOrCreateKeyFile(path: string): Promise<Uint8Array> {
  const key = (await readKeyFile(path)) ?? (await createKeyFile(path));
  if (key === null) throw new FillDatabaseError('TOKEN_KEY', `The key file ${path} came and went. Start again.`);
  return key;
}

/** @returns null when there is no such file */
async function readKeyFile(path: string): Promise<Uint8Array | null> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { mode } = await file.stat();
    // Windows has no such bits and reports them all as set.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw readableByOthers(path, mode);
    return parseKey(await file.readFile('utf8'), path);
  } finally {
    await file.close();
  }
}

/** A hard link fails when the name is taken: then the other's key is the key. */
async function createKeyFile(path: string): Promise<Uint8Array | null> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(unfinished, path).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(unfinished, { force: true });
  }
  return await readKeyFile(path);
}

function parseKey(text: string, where: string): Uint8Array {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  throw new FillDatabaseError(
    'TOKEN_KEY',
    `${where} holds no key: 64 hex digits, or base64 of 32 bytes, are expected. ` +
      '`openssl rand -hex 32` makes one; tokens encrypted with a lost key mean signing in again.',
  );
}

function readableByOthers(path: string, mode: number): FillDatabaseError {
  return new FillDatabaseError(
    'TOKEN_KEY',
    `The key file ${path} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${path}`,
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
