import { existsSync, statSync } from 'node:fs';
import type { BackupSummary } from '@fill-tracker/contract';
import { backUpRecord } from '@fill-tracker/db';
import type { PollerConfig } from '../config/poller-config.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { Output } from './output.ts';
import { contentsText, presentContents } from './present-contents.ts';

export const BACKUP_HELP = `
Copies the record as it is at one moment, also while the poller is at work, checks the copy and says what it holds.
Without a target it goes to the folder "backups" beside the record, named by the record and the time in UTC. A copy of
the file alone (cp) is no backup: what was written last is not in it yet.
A backup holds the sign-in only encrypted, and not the key: token.key beside the record, or TOKEN_ENCRYPTION_KEY.
`;

export interface BackupOptions {
  /** A file that is not there yet, or a folder; null for the default. */
  readonly target: string | null;
  readonly keep: number | null;
  readonly isJson: boolean;
}

/** @throws {CommandError | UsageError | FillDatabaseError} when there is no whole copy */
export async function backup(
  config: PollerConfig,
  { target, keep, isJson }: BackupOptions,
  now: number,
  output: Output,
): Promise<void> {
  const { databaseFile: file, broker } = config;
  if (!existsSync(file)) throw new CommandError(`There is no record yet at ${file}: there is nothing to back up.`);
  if (keep !== null && target !== null && !isFolder(target)) {
    throw new UsageError(
      '--keep goes with a folder, or with no target: only backups with automatic names are removed.',
    );
  }
  const made = await backUpRecord({ file, broker, target, keep, now });
  const summary: BackupSummary = {
    database: file,
    backup: made.file,
    contents: presentContents(made.contents),
    removed: [...made.removed],
  };
  if (isJson) output.json(summary);
  else output.line(describe(summary));
}

function isFolder(target: string): boolean {
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
}

function describe({ database, backup: file, contents, removed }: BackupSummary): string {
  const gone = removed.length === 0 ? [] : [`Removed ${removed.length} older: ${removed.join(', ')}`];
  return [`Backed up ${database} to ${file}; the copy is whole.`, contentsText(contents), ...gone].join('\n');
}
