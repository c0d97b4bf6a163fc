import type { Queries } from './connection.ts';
import { readMigrations } from './migrations.ts';

/**
 * Whether an open database still has the schema of this program: another version may have migrated the file since.
 * Its own migrations are read once; a database in memory keeps no list of them, and nobody else can change it.
 */
export async function isSchemaCurrent(db: Queries): Promise<boolean> {
  const [list] = await db.$queryRaw<unknown[]>`SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'`;
  if (list === undefined) return true;
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`;
  return rows.map(({ name }) => name).join() === ownMigrations();
}

let own: string | null = null;

function ownMigrations(): string {
  own ??= readMigrations()
    .map(({ name }) => name)
    .join();
  return own;
}
