import { linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Instant } from '@fill-tracker/domain';
import type { BrokerIdentity } from '../broker-stamp.ts';
import { FillDatabaseError } from '../errors.ts';
import { backupFolderOf, backupsBeyond, backupStem, leftoversAmong } from './backup-names.ts';
import { copyDatabase } from './copy-database.ts';
import { explainedCopyError } from './explained-copy-error.ts';
import { keepUnderFreeName } from './keep-under-free-name.ts';
import { readContents, type RecordContents } from './record-contents.ts';
import { syncFile, syncFolderOf } from './sync-file.ts';

export interface BackUpOptions {
  /** The record, which may be in use. */
  readonly file: string;
  readonly broker: BrokerIdentity;
  /** The backup's file, which must not be there, or a folder; null for the folder `backups` beside the record. */
  readonly target: string | null;
  /** How many backups of this record stay in the folder, this one included; null for all. Not for a named file. */
  readonly keep: number | null;
  readonly now: Instant;
}

export interface MadeBackup {
  readonly file: string;
  readonly contents: RecordContents;
  /** Older backups that were removed, oldest first. */
  readonly removed: readonly string[];
}

/**
 * Copies the record, checks the copy, and only then gives it its name: a backup is whole, or it is not there.
 *
 * @throws {FillDatabaseError} when the record cannot be read or is damaged; nothing is left behind then
 */
export async function backUpRecord(options: BackUpOptions): Promise<MadeBackup> {
  const { file } = options;
  try {
    const place = placeOf(options);
    const { made, contents } = await copyTo(place, options);
    return { file: made, contents, removed: place.isAutomatic ? removeOlder(dirname(made), options) : [] };
  } catch (error) {
    throw explainedCopyError(`${file} was not backed up`, file, error);
  }
}

interface Place {
  /** Whether a name is to be chosen in a folder. */
  readonly isAutomatic: boolean;
  /** The whole name, or all of it but its ending. */
  readonly stem: string;
}

function placeOf({ file, target, keep, now }: BackUpOptions): Place {
  const folder = folderOf(target, file);
  if (folder !== null) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return { isAutomatic: true, stem: join(folder, backupStem(file, now)) };
  }
  if (keep !== null) throw new TypeError('Only backups with automatic names can be kept or removed');
  return { isAutomatic: false, stem: resolve(target ?? '') };
}

async function copyTo(
  { isAutomatic, stem }: Place,
  { file, broker }: BackUpOptions,
): Promise<{ made: string; contents: RecordContents }> {
  const unfinished = `${stem}.${process.pid}.tmp`;
  rmSync(unfinished, { force: true });
  try {
    await copyDatabase(file, unfinished);
    const contents = readContents(unfinished, broker, file);
    syncFile(unfinished);
    const made = isAutomatic ? keepUnderFreeName(unfinished, stem, '.db') : keepUnderName(unfinished, stem);
    syncFolderOf(made);
    return { made, contents };
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Null when the target names a file. */
function folderOf(target: string | null, record: string): string | null {
  if (target === null) return backupFolderOf(record);
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() === true ? resolve(target) : null;
}

function keepUnderName(finished: string, name: string): string {
  try {
    linkSync(finished, name);
    return name;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new FillDatabaseError('CANNOT_OPEN', `${name} is there already, and a backup overwrites nothing.`);
  }
}

function removeOlder(folder: string, { file, keep, now }: BackUpOptions): readonly string[] {
  if (keep === null) return [];
  const names = readdirSync(folder);
  for (const name of leftoversAmong(names, file, now)) rmSync(join(folder, name), { force: true });
  const gone = backupsBeyond(names, file, keep).map((name) => join(folder, name));
  for (const name of gone) rmSync(name, { force: true });
  return gone;
}
