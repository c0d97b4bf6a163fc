/**
 * Puts a backup in the place of the record.
 *
 * What must hold:
 * - Nobody uses the record meanwhile: a process that goes on with the file that was taken away would write where
 *   nobody reads. So a lease that lives is refused, and SQLite's exclusive lock is held until the new file is there.
 * - The name of the record always leads to a whole file, the old or the new, wherever this is killed. The new file is
 *   finished under another name; one rename is the whole change.
 * - The present file is set aside, never overwritten.
 * - No number is given out twice. Readers follow the audit trail by its numbers, and bots remember order ids. So the
 *   restored record counts on from where the present one is, and far beyond its own end when that is not known.
 */
import { chmodSync, chownSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Instant } from '@fill-tracker/domain';
import Database from 'better-sqlite3';
import type { BrokerIdentity } from '../broker-stamp.ts';
import { FillDatabaseError } from '../errors.ts';
import { compactTime } from './backup-names.ts';
import { copyDatabase } from './copy-database.ts';
import { explainedCopyError } from './explained-copy-error.ts';
import { holdRecord, type HeldRecord } from './hold-record.ts';
import { keepUnderFreeName } from './keep-under-free-name.ts';
import { countPendingMigrations, readContents, type RecordContents } from './record-contents.ts';
import { syncFile, syncFolderOf } from './sync-file.ts';

export interface RestoreOptions {
  /** The record. It need not be there. */
  readonly file: string;
  readonly backup: string;
  readonly broker: BrokerIdentity;
  readonly now: Instant;
}

export interface CheckedBackup {
  readonly contents: RecordContents;
  /** What the next start of the poller will apply. */
  readonly pendingMigrations: number;
}

export interface RestoredRecord extends CheckedBackup {
  /** Where the former record is now; null when there was none. */
  readonly setAside: string | null;
}

/**
 * Whether a backup could be restored: whole, of this broker, and of no newer program.
 *
 * @throws {FillDatabaseError} saying what speaks against it
 */
export function checkBackup(backup: string, broker: BrokerIdentity): CheckedBackup {
  const contents = readContents(backup, broker);
  return { contents, pendingMigrations: countPendingMigrations(backup) };
}

/**
 * Checks a backup and puts it in the place of the record, which is set aside.
 *
 * @throws {FillDatabaseError} IN_USE, or what speaks against the backup; the record is as it was then
 */
export async function restoreRecord(options: RestoreOptions): Promise<RestoredRecord> {
  const { file, backup, broker } = options;
  const checked = checkBackup(backup, broker);
  if (existsSync(file) && realpathSync(file) === realpathSync(backup)) throw itself(file);
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.restoring-${process.pid}.tmp`;
  rmSync(unfinished, { force: true });
  const present = holdRecord(options);
  try {
    await copyDatabase(backup, unfinished);
    makeReady(unfinished, present);
    ownedLike(unfinished, file);
    return { ...checked, setAside: putInPlace(unfinished, present, options) };
  } catch (error) {
    throw explainedCopyError(`${file} was left as it was`, backup, error);
  } finally {
    present.letGo();
    rmSync(unfinished, { force: true });
  }
}

/** How far beyond its own end a record counts on when that of the record before it is not known. */
const LEAP = 1_000_000;

/** Takes over how far the present record had counted, and gives up the lease that the backup was made under. */
function makeReady(copy: string, { counters, fencing }: HeldRecord): void {
  const db = new Database(copy, { fileMustExist: true });
  try {
    db.exec('BEGIN');
    if (counters === null) db.prepare('UPDATE sqlite_sequence SET seq = seq + ?').run(LEAP);
    for (const { name, seq } of counters ?? []) {
      const { changes } = db.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?').run(seq, name);
      if (changes === 0) db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(name, seq);
    }
    db.prepare('UPDATE lease SET owner = NULL, progress = NULL, fencing = max(fencing, ?)').run(fencing);
    db.exec('COMMIT');
  } finally {
    db.close();
  }
  syncFile(copy);
}

/** The user who runs the poller must be able to write to it, also when root restores. */
function ownedLike(copy: string, file: string): void {
  const model = statSync(file, { throwIfNoEntry: false });
  if (model !== undefined) chmodSync(copy, model.mode & 0o777);
  const owner = model ?? statSync(dirname(file));
  if (process.getuid?.() === 0) chownSync(copy, owner.uid, owner.gid);
}

/** @returns where the present file is now */
function putInPlace(copy: string, present: HeldRecord, { file, now }: RestoreOptions): string | null {
  const setAside = present.isThere ? keepUnderFreeName(file, `${file}.before-restore-${compactTime(now)}`) : null;
  // A log that belongs to the former file must neither be replayed into the new one nor be lost.
  for (const ending of LOGS) moveLog(`${file}${ending}`, setAside === null ? null : `${setAside}${ending}`);
  syncFolderOf(file);
  renameSync(copy, file);
  syncFolderOf(file);
  return setAside;
}

const LOGS = ['-wal', '-shm', '-journal'];

function moveLog(log: string, to: string | null): void {
  if (!existsSync(log)) return;
  if (to === null) rmSync(log);
  else renameSync(log, to);
}

function itself(file: string): FillDatabaseError {
  return new FillDatabaseError('CANNOT_OPEN', `${file} is the record itself. Name a backup of it.`);
}
