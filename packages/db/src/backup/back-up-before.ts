import { rmSync } from 'node:fs';
import { copyDatabase } from './copy-database.ts';
import { keepUnderFreeName } from './keep-under-free-name.ts';
import { syncFile, syncFolderOf } from './sync-file.ts';

/**
 * Copies a database that may be in use to `<file>.before-<migration>.bak`; a backup is never overwritten.
 *
 * The copy needs a connection of its own, as the migrating one holds the write lock, which also keeps the copy and the
 * migration from drifting apart.
 *
 * @returns the path of the backup
 */
export async function backUpBefore(migration: string, file: string): Promise<string> {
  const unfinished = `${file}.before-${migration}.${process.pid}.tmp`;
  rmSync(unfinished, { force: true });
  try {
    await copyDatabase(file, unfinished);
    syncFile(unfinished);
    const kept = keepUnderFreeName(unfinished, `${file}.before-${migration}`);
    syncFolderOf(kept);
    return kept;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
