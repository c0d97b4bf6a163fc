/**
 * Holds the migrations against schema.prisma: where they differ, the program does not know a column, or asks for one
 * that is not there. Prisma's schema engine comes as WebAssembly, the only form of it in the package registry, made
 * for bundlers, so it is put together by hand. It does not see what Prisma cannot express (CHECKs, triggers, the
 * view); other tests do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { readMigrations } from './migrations.ts';
import { temporaryDirectory } from './testing/test-database.ts';

it('has the same tables, columns and indexes in the migrations and in schema.prisma', async () => {
  expect(await differences(migrated())).toBe('-- This is an empty migration.');
});

it('would notice a column that only one of them has', async () => {
  expect(await differences(migrated('ALTER TABLE orders ADD COLUMN stray TEXT'))).toContain('stray');
});

function migrated(...more: string[]): string {
  const file = join(temporaryDirectory(), 'record.db');
  const db = new Database(file);
  for (const sql of [...readMigrations().map((migration) => migration.sql), ...more]) db.exec(sql);
  db.close();
  return file;
}

async function differences(file: string): Promise<string> {
  const schema = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url));
  const files = [{ path: schema, content: readFileSync(schema, 'utf8') }];
  const engine = await schemaEngine(file);
  const { stdout } = await engine.diff({
    from: { tag: 'database' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return (stdout ?? '').trim();
}

async function schemaEngine(file: string): Promise<bindings.SchemaEngine> {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm')).replace('schema_engine.js', 'schema_engine_bg.wasm'));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: file }));
  return await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
}
