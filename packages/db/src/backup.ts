import { linkSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Copies a database that may be in use to `<file>.before-<migration>.bak`, or `.before-<migration>.2.bak` and so on
 * when that is taken: a backup is never overwritten.
 *
 * SQLite's own backup is used, since the file alone lacks what is still in the write-ahead log. It needs a connection
 * of its own, as the migrating one holds the write lock, which also keeps the copy and the migration from drifting apart.
 *
 * @returns the path of the backup
 */
export async function backUpBefore(migration: string, file: string): Promise<string> {
  const unfinished = `${file}.before-${migration}.${process.pid}.tmp`;
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    await source.backup(unfinished);
    return keepUnderFreeName(unfinished, `${file}.before-${migration}`);
  } finally {
    source.close();
    rmSync(unfinished, { force: true });
  }
}

/** A hard link, unlike a rename, fails when the name is taken. */
function keepUnderFreeName(unfinished: string, stem: string): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${stem}.bak` : `${stem}.${n}.bak`;
    try {
      linkSync(unfinished, name);
      return name;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
