import { statSync } from 'node:fs';
import type { Instant } from '@fill-tracker/domain';
import Database from 'better-sqlite3';
import { assertSameBroker, type BrokerIdentity, stampInFile } from '../broker-stamp.ts';
import { isOurs } from '../database-file.ts';
import { FillDatabaseError } from '../errors.ts';
import { instantText } from '../rows/instant-text.ts';

/** The present record while nobody else can use it. */
export interface HeldRecord {
  readonly isThere: boolean;
  /** How far each table with growing numbers has counted; null when that cannot be read. */
  readonly counters: readonly Counter[] | null;
  /** The number of its last lease. */
  readonly fencing: number;
  letGo(): void;
}

interface Counter {
  readonly name: string;
  readonly seq: number;
}

export interface HoldOptions {
  readonly file: string;
  readonly broker: BrokerIdentity;
  readonly now: Instant;
}

/** How long others are waited for, ms. */
const WAIT_MS = 2_000;

/**
 * Keeps everybody else out of the record, with its log written back into it, until it is let go. A file that is
 * missing, empty or damaged cannot be held, and need not: nobody can work with it.
 *
 * @throws {FillDatabaseError} IN_USE, or when the file is no record of this broker
 */
export function holdRecord(options: HoldOptions): HeldRecord {
  const { file } = options;
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? null;
  // SQLite throws the log of an empty file away as soon as it opens it.
  if (size === null || size === 0) return { ...UNKNOWN, isThere: size !== null };
  try {
    probe(options);
    return held(file);
  } catch (error) {
    if (isDamage(error)) return { ...UNKNOWN, isThere: true };
    throw isLocked(error) ? inUse(file) : error;
  }
}

const UNKNOWN = { counters: null, fencing: 0, letGo: () => undefined };

/** Without writing: what is in the log of a damaged file is for others to rescue. */
function probe({ file, broker, now }: HoldOptions): void {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: WAIT_MS });
  try {
    if (!isOurs(db)) throw foreign(file);
    const stamp = stampInFile(db);
    if (stamp !== null) assertSameBroker(file, stamp, broker);
    assertNoLease(db, file, now);
  } finally {
    db.close();
  }
}

/** Leaving the log takes SQLite's exclusive lock, which nobody gets while another process has the file open. */
function held(file: string): HeldRecord {
  const db = new Database(file, { fileMustExist: true, timeout: WAIT_MS });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
    const counters = db.prepare<[], Counter>('SELECT name, seq FROM sqlite_sequence').all();
    const fencing = db.prepare<[], number>('SELECT fencing FROM lease').pluck().get() ?? 0;
    return { isThere: true, counters, fencing, letGo: () => void db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

function assertNoLease(db: Database.Database, file: string, now: Instant): void {
  const lease = db
    .prepare<[string], { owner: string; until: string }>(
      'SELECT owner, expires_at AS until FROM lease WHERE owner IS NOT NULL AND expires_at > ?',
    )
    .get(instantText(now));
  if (lease === undefined) return;
  throw new FillDatabaseError(
    'IN_USE',
    `The poller ${lease.owner} is at work on ${file} (its lease runs until ${lease.until}). Stop it, and the API; ` +
      'then restore. Nothing was changed.',
  );
}

function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error));
}

function isLocked(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function inUse(file: string): FillDatabaseError {
  return new FillDatabaseError(
    'IN_USE',
    `Another process has ${file} open: the API, a poller that stands by, or somebody who looks into it. Stop it; ` +
      'then restore. Nothing was changed.',
  );
}

function foreign(file: string): FillDatabaseError {
  return new FillDatabaseError(
    'FOREIGN_DATABASE',
    `${file} is a SQLite database of another program, not a record of order fills. Nothing was changed. ` +
      'Check DATABASE_URL, or move that file away.',
  );
}
