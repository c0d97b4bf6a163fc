import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from './migrate.ts';
import { type Migration, readMigrations } from './migrations.ts';
import { temporaryDirectory } from './testing/test-database.ts';

const migrationOf = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});

const FIRST = migrationOf('1_first', 'CREATE TABLE one (id INTEGER PRIMARY KEY);');
const SECOND = migrationOf('2_second', 'CREATE TABLE two (id INTEGER PRIMARY KEY); INSERT INTO one VALUES (2);');
const BROKEN = migrationOf('3_broken', 'CREATE TABLE three (id INTEGER PRIMARY KEY); CREATE TABLE one (id);');

function open(file: string): Database.Database {
  const db = new Database(file);
  onTestFinished(() => {
    db.close();
  });
  return db;
}

async function apply(db: Database.Database, file: string, ...migrations: Migration[]): Promise<void> {
  let n = 0;
  await migrate(db, {
    file,
    migrations,
    now: () => 1_767_625_200_000,
    newId: () => `id-${migrations.length}-${(n += 1)}`,
  });
}

const tables = (db: Database.Database): unknown[] =>
  db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'").pluck().all();

describe('migrate', () => {
  it('applies what is pending, once, and keeps the books of the Prisma CLI', async () => {
    const file = join(temporaryDirectory(), 'record.db');
    const db = open(file);
    await apply(db, file, FIRST);
    await apply(db, file, FIRST, SECOND);
    await apply(db, file, FIRST, SECOND);

    expect(tables(db)).toEqual(['one', 'two']);
    expect(db.prepare('SELECT * FROM _prisma_migrations ORDER BY migration_name').all()).toEqual([
      {
        id: 'id-1-1',
        checksum: FIRST.checksum,
        finished_at: 1_767_625_200_000,
        migration_name: '1_first',
        logs: null,
        rolled_back_at: null,
        started_at: 1_767_625_200_000,
        applied_steps_count: 1,
      },
      expect.objectContaining({ id: 'id-2-1', migration_name: '2_second', checksum: SECOND.checksum }),
    ]);
  });

  it('leaves the file as it was when one of several fails', async () => {
    const file = join(temporaryDirectory(), 'record.db');
    const db = open(file);
    await apply(db, file, FIRST);
    await expect(apply(db, file, FIRST, SECOND, BROKEN)).rejects.toThrow('already exists');

    expect(tables(db)).toEqual(['one']);
    await apply(db, file, FIRST, SECOND);
    expect(tables(db)).toEqual(['one', 'two']);
  });

  it('refuses a migration that would leave a row pointing nowhere', async () => {
    const file = join(temporaryDirectory(), 'record.db');
    const db = open(file);
    const orphan = migrationOf(
      '1_orphan',
      'CREATE TABLE c (p INTEGER REFERENCES d (id)); CREATE TABLE d (id INTEGER PRIMARY KEY); INSERT INTO c VALUES (1);',
    );
    await expect(apply(db, file, orphan)).rejects.toMatchObject({ code: 'CANNOT_OPEN' });
    expect(tables(db)).toEqual([]);
  });
});

describe('the backup before a migration', () => {
  it('is a whole database as it was, with what was still in the write-ahead log', async () => {
    const file = join(temporaryDirectory(), 'record.db');
    const db = open(file);
    db.pragma('journal_mode = WAL');
    await apply(db, file, FIRST);
    db.exec('INSERT INTO one VALUES (1)');
    await apply(db, file, FIRST, SECOND);

    const backup = open(`${file}.before-2_second.bak`);
    expect(backup.prepare('SELECT id FROM one').pluck().all()).toEqual([1]);
    expect(tables(backup)).toEqual(['one']);
  });

  it('is not made of a new file, nor when nothing is pending', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'record.db');
    const db = open(file);
    await apply(db, file, FIRST, SECOND);
    await apply(db, file, FIRST, SECOND);
    expect(readdirSync(directory)).toEqual(['record.db']);
  });

  it('never takes the place of an earlier one', async () => {
    const file = join(temporaryDirectory(), 'record.db');
    const db = open(file);
    await apply(db, file, FIRST);
    const broken = migrationOf('2_second', BROKEN.sql);
    await expect(apply(db, file, FIRST, broken)).rejects.toThrow('already exists');
    db.exec('INSERT INTO one VALUES (7)');
    await apply(db, file, FIRST, SECOND);

    expect(open(`${file}.before-2_second.bak`).prepare('SELECT id FROM one').pluck().all()).toEqual([]);
    expect(open(`${file}.before-2_second.2.bak`).prepare('SELECT id FROM one').pluck().all()).toEqual([7]);
    expect(existsSync(`${file}.before-2_second.${process.pid}.tmp`)).toBe(false);
  });
});

describe('the migrations of this program', () => {
  it('are named so that they sort by time', () => {
    for (const { name } of readMigrations()) expect(name).toMatch(/^\d{14}_[a-z_]+$/);
  });
});
