import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { readMigrations } from './migrations.ts';
import { openSchemaEngine } from './testing/schema-engine.ts';
import { temporaryDirectory } from './testing/test-database.ts';

// Where the two differ, the program does not know a column, or asks for one that is not there. What Prisma cannot
// express (CHECKs, triggers, the view) it does not compare: the record's own rules have their own tests.
describe('the migrations and schema.prisma', () => {
  it('make the same tables, columns, keys and indexes', async () => {
    expect(await differences()).toBe('No difference detected.');
  });

  it('are told apart by a single column', async () => {
    expect(await differences('ALTER TABLE orders ADD COLUMN stray TEXT')).toContain('Redefined table `orders`');
  });
});

async function differences(...more: string[]): Promise<string> {
  const file = join(temporaryDirectory(), 'record.db');
  const db = new Database(file);
  for (const sql of [...readMigrations().map((migration) => migration.sql), ...more]) db.exec(sql);
  dropPartialIndexes(db);
  db.close();
  const engine = await openSchemaEngine(file);
  const files = [
    { path: 'schema.prisma', content: readFileSync(new URL('../prisma/schema.prisma', import.meta.url), 'utf8') },
  ];
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files },
    script: false,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return (stdout ?? '').trim();
}

/** Prisma has no word for them, and its engine reads them by a double-quoted string, which better-sqlite3 refuses. */
function dropPartialIndexes(db: Database.Database): void {
  const names = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %'")
    .pluck()
    .all();
  for (const name of names) db.exec(`DROP INDEX ${name}`);
}
