/** What kind of file this is, told before anything is written to it. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { FillDatabaseError } from './errors.ts';

/** 'FILL' in ASCII: marks the file as ours in SQLite's header, where `file(1)` and others can see it. */
export const APPLICATION_ID = 0x46_49_4c_4c;

/** How long a process waits for another that is migrating the same file, ms. */
const MIGRATION_WAIT_MS = 60_000;

export interface OpenFileOptions {
  readonly file: string;
  readonly readonly: boolean;
  readonly createIfMissing: boolean;
}

/**
 * Opens the file for looking and migrating.
 *
 * @throws {FillDatabaseError} CANNOT_OPEN, NOT_A_DATABASE or FOREIGN_DATABASE, naming the file
 */
export function openDatabaseFile(options: OpenFileOptions): Database.Database {
  const { file, readonly, createIfMissing } = options;
  return explainingErrors(file, () => {
    if (createIfMissing) mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file, { readonly, fileMustExist: !createIfMissing, timeout: MIGRATION_WAIT_MS });
    try {
      if (!isOurs(db) && !(createIfMissing && isEmpty(db))) throw foreign(file, isEmpty(db));
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

export function isOurs(db: Database.Database): boolean {
  return db.pragma('application_id', { simple: true }) === APPLICATION_ID;
}

function isEmpty(db: Database.Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function foreign(file: string, empty: boolean): FillDatabaseError {
  const what = empty ? 'is an empty database' : 'is a SQLite database of another program';
  return new FillDatabaseError(
    'FOREIGN_DATABASE',
    `${file} ${what}, not a record of order fills. Nothing was written to it. Name another file.`,
  );
}

/** Runs something on the file; what SQLite or the file system says becomes one clear error. */
function explainingErrors<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw explained(file, error);
  }
}

export function explained(file: string, error: unknown): unknown {
  if (error instanceof FillDatabaseError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    const what = code === 'SQLITE_NOTADB' ? 'is not a SQLite database' : 'is a damaged SQLite database';
    const remedy = 'Name another file, or restore a backup.';
    return new FillDatabaseError('NOT_A_DATABASE', `${file} ${what} (${error.message}). ${remedy}`, { cause: error });
  }
  const remedy = 'Check that the path is right and that this user may write to the file and its directory.';
  return new FillDatabaseError('CANNOT_OPEN', `Cannot open ${file}: ${error.message}. ${remedy}`, { cause: error });
}
