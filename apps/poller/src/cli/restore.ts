import type { RestoreSummary } from '@fill-tracker/contract';
import { checkBackup, restoreRecord } from '@fill-tracker/db';
import type { PollerConfig } from '../config/poller-config.ts';
import type { Output } from './output.ts';
import { contentsText, presentContents } from './present-contents.ts';

export const RESTORE_HELP = `
Checks a backup (damage, whose orders it records, its schema), sets the present record aside as
<record>.before-restore-<time>.bak, and puts the backup in its place. Stop the poller and the API first: while one of
them uses the record nothing is changed. With --check nothing is changed either way.
What happened after the backup is read from Schwab again at the next start, as far as Schwab still tells it: orders of
the last 60 days. Numbers of orders and audit entries go on beyond those that were given out before, so that none
means two things; a reader of /api/events whose last id the backup does not hold is told to load everything anew.
`;

export interface RestoreCommandOptions {
  readonly backup: string;
  /** Only check the backup. */
  readonly isCheck: boolean;
  readonly isJson: boolean;
}

/** @throws {FillDatabaseError} saying what speaks against it; the record is as it was then */
export async function restore(
  config: PollerConfig,
  { backup, isCheck, isJson }: RestoreCommandOptions,
  now: number,
  output: Output,
): Promise<void> {
  const { databaseFile: file, broker } = config;
  const { contents, pendingMigrations, setAside } = isCheck
    ? { ...checkBackup(backup, broker), setAside: null }
    : await restoreRecord({ file, backup, broker, now });
  const summary: RestoreSummary = {
    database: file,
    backup,
    restored: !isCheck,
    contents: presentContents(contents),
    pendingMigrations,
    setAside,
  };
  if (isJson) output.json(summary);
  else output.line(describe(summary));
}

function describe({ database, backup, restored, contents, pendingMigrations, setAside }: RestoreSummary): string {
  const head = restored ? `Restored ${database} from ${backup}.` : `${backup} is whole and can be restored.`;
  const lines = [head, contentsText(contents)];
  if (setAside !== null) lines.push(`The former record is kept as ${setAside}`);
  if (pendingMigrations > 0)
    lines.push('It is of an older version: the next start of the poller brings it up to date.');
  if (restored) lines.push(signInText(contents.hasSignIn));
  return lines.join('\n');
}

function signInText(hasSignIn: boolean): string {
  return hasSignIn
    ? 'The sign-in is the one of the backup. A later one has voided it, and it lasts seven days: sign in again\n' +
        '(poller login) unless poller status says that it works.'
    : 'It holds no sign-in: sign in (poller login) before you start the poller.';
}
