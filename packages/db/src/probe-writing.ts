import Database from 'better-sqlite3';

/** Whether a record can be written to, found out by doing it. */
export type WriteProbe =
  | { readonly kind: 'writable' }
  /** Permissions, a read-only mount, or a file of a later SQLite. */
  | { readonly kind: 'read-only'; readonly problem: string }
  /** The disk or a quota takes no more. */
  | { readonly kind: 'full'; readonly problem: string }
  /** Another process has held the write lock all the while. */
  | { readonly kind: 'busy'; readonly problem: string }
  | { readonly kind: 'failed'; readonly problem: string };

/** More than the cache below holds: so it reaches the disk, and is not only kept in memory until the end. */
const PROBE_BYTES = 512 * 1_024;
const CACHE_PAGES = 10;
const WAIT_MS = 5_000;

/**
 * Writes half a megabyte into a transaction that is rolled back: nothing of it stays, and a poller at work waits for
 * some milliseconds at most.
 *
 * @param file an existing SQLite file
 * @param waitMs for another process's lock
 */
export function probeWriting(file: string, waitMs = WAIT_MS): WriteProbe {
  try {
    const db = new Database(file, { fileMustExist: true, timeout: waitMs });
    try {
      return writeAndRollBack(db);
    } finally {
      db.close();
    }
  } catch (error) {
    return failureOf(error);
  }
}

function writeAndRollBack(db: Database.Database): WriteProbe {
  db.pragma(`cache_size = ${CACHE_PAGES}`);
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec('CREATE TABLE write_probe (filler BLOB)');
    db.prepare('INSERT INTO write_probe VALUES (zeroblob(?))').run(PROBE_BYTES);
    return { kind: 'writable' };
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function failureOf(error: unknown): WriteProbe {
  const problem = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_PERM')
    return { kind: 'read-only', problem };
  // A quota, or a limit on the size of files, shows as a failed write.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') return { kind: 'full', problem };
  if (code.startsWith('SQLITE_BUSY')) return { kind: 'busy', problem };
  return { kind: 'failed', problem };
}
