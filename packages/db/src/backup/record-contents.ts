/** What a file of the record holds, and whether it holds together; told without Prisma and without changing it. */
import { statSync } from 'node:fs';
import type { Instant } from '@fill-tracker/domain';
import type Database from 'better-sqlite3';
import { assertSameBroker, type BrokerIdentity, stampInFile } from '../broker-stamp.ts';
import { explained, openDatabaseFile } from '../database-file.ts';
import { FillDatabaseError } from '../errors.ts';
import { pendingMigrations } from '../migrate.ts';
import { readMigrations } from '../migrations.ts';
import { instantFromTextOrNull } from '../rows/instant-text.ts';

export interface RecordContents {
  readonly bytes: number;
  readonly broker: BrokerIdentity;
  /** The newest migration that is in effect. */
  readonly schema: string;
  readonly orders: { readonly pending: number; readonly completed: number; readonly failed: number };
  /** Every version of them, also those that were taken back. */
  readonly fills: number;
  /** 0 before the first. */
  readonly lastAuditSeq: number;
  /** When that entry was written. */
  readonly lastChangeAt: Instant | null;
  /** Whether it holds tokens, encrypted. */
  readonly hasSignIn: boolean;
}

/**
 * Checks every page, index, constraint and reference of a file, and counts what it holds.
 *
 * @param called what messages call the file; a copy under way has a name that tells people nothing
 * @throws {FillDatabaseError} NOT_A_DATABASE when it is damaged, OTHER_BROKER when it is somebody else's orders
 */
export function readContents(file: string, broker: BrokerIdentity, called = file): RecordContents {
  try {
    const db = openDatabaseFile({ file, readonly: true, createIfMissing: false });
    try {
      assertIntact(db, called);
      assertSameBroker(called, stampOf(db, called), broker);
      return { bytes: statSync(file).size, broker, ...countsOf(db) };
    } finally {
      db.close();
    }
  } catch (error) {
    throw explained(called, error);
  }
}

/**
 * How many migrations of this program the file still lacks: its next opening applies them.
 *
 * @throws {FillDatabaseError} NEWER_SCHEMA or CHANGED_MIGRATION when this program cannot work with it
 */
export function countPendingMigrations(file: string): number {
  const db = openDatabaseFile({ file, readonly: true, createIfMissing: false });
  try {
    return pendingMigrations(db, { file, migrations: readMigrations() }).length;
  } finally {
    db.close();
  }
}

/** Problems beyond these few add nothing to the verdict. */
const PROBLEMS_TOLD = 5;

function assertIntact(db: Database.Database, file: string): void {
  const words = db.prepare<[], string>(`PRAGMA integrity_check(${PROBLEMS_TOLD})`).pluck().all();
  if (words.join() !== 'ok') throw damaged(file, words.join('; '));
  const [broken] = db.prepare<[], { readonly table: string }>('PRAGMA foreign_key_check').all();
  if (broken !== undefined) throw damaged(file, `a row of ${broken.table} refers to one that is not there`);
}

function damaged(file: string, what: string): FillDatabaseError {
  return new FillDatabaseError('NOT_A_DATABASE', `${file} is damaged: ${what}. Use another backup.`);
}

function stampOf(db: Database.Database, called: string): BrokerIdentity {
  const stamp = stampInFile(db);
  if (stamp !== null) return stamp;
  throw new FillDatabaseError(
    'FOREIGN_DATABASE',
    `${called} does not say whose orders it records: its start never ended.`,
  );
}

function countsOf(db: Database.Database): Omit<RecordContents, 'bytes' | 'broker'> {
  const last = db
    .prepare<[], { seq: number; at: string }>(
      'SELECT seq, recorded_at AS at FROM audit_entries ORDER BY seq DESC LIMIT 1',
    )
    .get();
  const newest = db
    .prepare<[], string | null>('SELECT max(migration_name) FROM _prisma_migrations WHERE rolled_back_at IS NULL')
    .pluck()
    .get();
  return {
    schema: newest ?? '',
    orders: {
      pending: countOf(db, "orders WHERE status = 'PENDING'"),
      completed: countOf(db, "orders WHERE status = 'COMPLETED'"),
      failed: countOf(db, "orders WHERE status = 'FAILED'"),
    },
    fills: countOf(db, 'fills'),
    lastAuditSeq: last?.seq ?? 0,
    lastChangeAt: instantFromTextOrNull(last?.at ?? null),
    hasSignIn: countOf(db, 'tokens') > 0,
  };
}

function countOf(db: Database.Database, what: string): number {
  return db.prepare<[], number>(`SELECT count(*) FROM ${what}`).pluck().get() ?? 0;
}
