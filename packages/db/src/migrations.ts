import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** One migration of this program. */
export interface Migration {
  /** Folder name, such as `20261122000000_record`: sorts by time. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex, as the Prisma CLI keeps it. */
  readonly checksum: string;
}

/** The package's folder is two up from `src` as from `dist`. */
const MIGRATIONS_FOLDER = new URL('../prisma/migrations/', import.meta.url);

/** Every migration of the folder, in Prisma's layout, oldest first. */
export function readMigrations(folder: URL = MIGRATIONS_FOLDER): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}
