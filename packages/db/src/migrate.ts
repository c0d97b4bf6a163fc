/**
 * Brings a file to this program's schema, all pending migrations in one transaction.
 *
 * `prisma migrate deploy` needs a native engine that comes from a host other than the package registry, so it cannot
 * be part of a start. The bookkeeping is the CLI's own (`_prisma_migrations`), so the CLI can take over at any time.
 */
import type Database from 'better-sqlite3';
import { backUpBefore } from './backup/back-up-before.ts';
import { APPLICATION_ID, isOurs } from './database-file.ts';
import { FillDatabaseError } from './errors.ts';
import type { Migration } from './migrations.ts';

export interface MigrateOptions {
  readonly file: string;
  readonly migrations: readonly Migration[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A new id for each applied migration; the CLI uses UUIDs. */
  readonly newId: () => string;
}

/**
 * Applies what is pending. A file that held data is backed up first.
 *
 * Of two processes at once, one migrates and the other waits for the write lock and then finds nothing to do.
 *
 * @throws {FillDatabaseError} NEWER_SCHEMA or CHANGED_MIGRATION; the file is as it was then
 */
export async function migrate(db: Database.Database, options: MigrateOptions): Promise<void> {
  if (isOurs(db) && pendingMigrations(db, options).length === 0) return;
  // Rebuilding a table drops it, and its foreign keys would object. They are checked as a whole before the commit.
  db.pragma('foreign_keys = OFF');
  db.exec('BEGIN IMMEDIATE');
  try {
    const pending = pendingMigrations(db, options);
    const [first] = pending;
    if (first !== undefined && isOurs(db)) await backUpBefore(first.name, options.file);
    db.exec(BOOKKEEPING);
    for (const migration of pending) apply(db, migration, options);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    assertForeignKeysHold(db, options.file);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * What this program has and the file has not.
 *
 * @throws {FillDatabaseError} NEWER_SCHEMA or CHANGED_MIGRATION when the file has what this program has not
 */
export function pendingMigrations(
  db: Database.Database,
  { file, migrations }: Pick<MigrateOptions, 'file' | 'migrations'>,
): readonly Migration[] {
  const applied = appliedMigrations(db);
  for (const [name, checksum] of applied) {
    const ours = migrations.find((migration) => migration.name === name);
    if (ours === undefined) throw newerSchema(file, name);
    if (ours.checksum !== checksum) throw changedMigration(file, name);
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

/** Checksums of the migrations in effect, by name. */
function appliedMigrations(db: Database.Database): ReadonlyMap<string, string> {
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'").get() === undefined) return new Map();
  const rows = db
    .prepare<[], [string, string]>(
      'SELECT migration_name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name',
    )
    .raw()
    .all();
  return new Map(rows);
}

/** The table as the Prisma CLI makes it. */
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);`;

function apply(db: Database.Database, migration: Migration, { now, newId }: MigrateOptions): void {
  const startedAt = now();
  db.exec(migration.sql);
  db.prepare(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES (?, ?, ?, ?, ?, 1)`,
  ).run(newId(), migration.checksum, migration.name, startedAt, now());
}

function assertForeignKeysHold(db: Database.Database, file: string): void {
  const broken = db.pragma('foreign_key_check');
  if (!Array.isArray(broken) || broken.length === 0) return;
  throw new FillDatabaseError(
    'CANNOT_OPEN',
    `${file} was left as it was: after its migration ${broken.length} rows would refer to rows that do not exist.`,
  );
}

function newerSchema(file: string, name: string): FillDatabaseError {
  return new FillDatabaseError(
    'NEWER_SCHEMA',
    `${file} was written by a newer version of this program (it has the migration ${name}). Update this program, ` +
      'or put the backup that was made before that migration in its place.',
  );
}

function changedMigration(file: string, name: string): FillDatabaseError {
  return new FillDatabaseError(
    'CHANGED_MIGRATION',
    `The migration ${name} in ${file} differs from the one in this program. Migrations are never edited once they ` +
      'are applied: restore the original migration.sql and add a new one beside it.',
  );
}
