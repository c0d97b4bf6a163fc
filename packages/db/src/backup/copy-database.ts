import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';

/** How long a lock of another process is waited for, ms. */
const WAIT_MS = 10_000;

/**
 * Copies a database that may be in use, as it is at one moment, into one plain file that needs no companions.
 *
 * SQLite's own backup is used: the file alone lacks what is still in the write-ahead log. It begins anew whenever
 * somebody writes meanwhile, for ever if that is often enough; a read transaction keeps it at its moment.
 *
 * @param target must not be there; readable by its owner alone, as it holds what was traded and encrypted tokens
 */
export async function copyDatabase(source: string, target: string): Promise<void> {
  const from = new Database(source, { readonly: true, fileMustExist: true, timeout: WAIT_MS });
  try {
    from.exec('BEGIN');
    from.pragma('schema_version');
    closeSync(openSync(target, 'wx', 0o600));
    await from.backup(target);
  } finally {
    from.close();
  }
  withoutLog(target);
}

/** A file whose header says that it has a write-ahead log cannot be read from a folder that nobody may write to. */
function withoutLog(file: string): void {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}
