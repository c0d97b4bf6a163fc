import type { FillDatabaseErrorCode } from '@fill-tracker/db';
import { type Check, ok, problem, unknown } from '../verdict.ts';

const REMEDIES: Partial<Record<FillDatabaseErrorCode, string>> = {
  NOT_A_DATABASE: 'Put a backup in its place, or name another file in DATABASE_URL.',
  FOREIGN_DATABASE: 'Name another file in DATABASE_URL: this one belongs to another program.',
  OTHER_BROKER: 'Set DEMO, SCHWAB_BASE_URL and DATABASE_URL so that they belong together.',
};

const ELSEWISE = 'Check the path in DATABASE_URL, and that this user may read and write the file and its folder.';

/** Is there a record, and is it this broker's. What version it has is for the next check. */
export const recordFile: Check = {
  name: 'record',
  title: 'Record',
  run({ record, writing, config: { databaseFile } }) {
    if (record.kind === 'missing') return unknown(`no record yet at ${databaseFile}: \`poller run\` makes it`);
    if (record.kind === 'open' || SCHEMA_CODES.has(record.error.code)) return ok(databaseFile);
    // One cause, one problem: SQLite cannot even read a record beside which it may not write.
    if (writing()?.kind === 'read-only') return unknown('it cannot be opened, for it is read-only');
    return problem(record.error.message, REMEDIES[record.error.code] ?? ELSEWISE);
  },
};

const SCHEMA_CODES: ReadonlySet<FillDatabaseErrorCode> = new Set(['OLDER_SCHEMA', 'NEWER_SCHEMA', 'CHANGED_MIGRATION']);

const SCHEMA_REMEDIES: Partial<Record<FillDatabaseErrorCode, string>> = {
  OLDER_SCHEMA: 'Start the poller once (`poller run`): it brings the record up to date, after a backup.',
  NEWER_SCHEMA: 'Update this program, or put the backup from before the update in the place of the record.',
  CHANGED_MIGRATION: 'Install this program anew: its migrations were altered.',
};

/** Does the record have the schema of this program. */
export const recordSchema: Check = {
  name: 'schema',
  title: 'Schema',
  run({ record }) {
    if (record.kind === 'open') return ok('the record has the schema of this program');
    if (record.kind === 'missing') return unknown('no record yet');
    const remedy = SCHEMA_REMEDIES[record.error.code];
    return remedy === undefined ? unknown('the record cannot be opened') : problem(record.error.message, remedy);
  },
};
