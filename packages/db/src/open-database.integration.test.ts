import { chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { orderOf } from '@fill-tracker/domain/testing';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';
import {
  commitOf,
  DEMO,
  firstReport,
  LIVE,
  NOW,
  openForCycles,
  openTestDatabase,
  temporaryDirectory,
} from './testing/test-database.ts';

const newFile = (): string => join(temporaryDirectory(), 'record.db');

const opening = (file: string, broker: typeof DEMO | null = DEMO, createIfMissing = true) =>
  openDatabase({ file, broker, now: () => NOW, createIfMissing });

/** Changes a file as another program would. */
function tamper(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

describe('a new file', () => {
  it('is made with its directory, marked as ours and stamped with its broker', async () => {
    const file = join(temporaryDirectory(), 'data', 'demo', 'record.db');
    const db = await openTestDatabase(file);
    expect(db.broker).toEqual(DEMO);
    await db.close();

    const raw = new Database(file, { readonly: true });
    expect(raw.pragma('application_id', { simple: true })).toBe(0x46_49_4c_4c);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(raw.prepare('SELECT base_url, mode FROM broker_stamp').get()).toEqual({
      base_url: DEMO.baseUrl,
      mode: 'demo',
    });
    raw.close();
  });

  it('is not made when none may be', async () => {
    const file = newFile();
    await expect(opening(file, DEMO, false)).rejects.toMatchObject({ code: 'CANNOT_OPEN' });
    expect(existsSync(file)).toBe(false);
  });

  it('keeps its record for the next start', async () => {
    const file = newFile();
    const { db, fencing } = await openForCycles(file);
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '7' }))] }));
    await db.close();
    const again = await openTestDatabase(file);
    expect((await again.loadPendingOrders()).map(({ known }) => known.brokerOrderId)).toEqual(['7']);
  });
});

describe('a file that is opened only to be read', () => {
  it('is read whatever its broker, and not written', async () => {
    const file = newFile();
    await (await openTestDatabase(file, LIVE)).close();
    const db = await openTestDatabase(file, null);
    expect(db.broker).toEqual(LIVE);
    expect(await db.countOrders()).toEqual({ pending: 0, completed: 0, failed: 0, attention: 0 });
    await expect(db.upsertAccount({ hash: 'H', maskedNumber: '...1' })).rejects.toThrow(/readonly/);
  });

  it('may be read while a poller writes', async () => {
    const file = newFile();
    const { db, fencing } = await openForCycles(file);
    const reader = await openTestDatabase(file, null);
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '7' }))] }));
    expect(await reader.findOrders({ limit: 10 })).toHaveLength(1);
  });

  it('is not made', async () => {
    const file = newFile();
    await expect(opening(file, null)).rejects.toMatchObject({ code: 'CANNOT_OPEN' });
    expect(existsSync(file)).toBe(false);
  });
});

describe('a file that belongs to another program of ours', () => {
  const openAsItIs = (file: string, broker = DEMO) =>
    openDatabase({ file, broker, now: () => NOW, migrateIfNeeded: false });

  it('is written to, beside its owner', async () => {
    const file = newFile();
    const { db: owner } = await openForCycles(file);
    const guest = await openAsItIs(file);
    await guest.upsertAccount({ hash: 'HASH-2', maskedNumber: '...2' });
    expect(await owner.listAccounts()).toHaveLength(2);
    await guest.close();
  });

  it('is never made, migrated or stamped', async () => {
    const file = newFile();
    await expect(openAsItIs(file)).rejects.toMatchObject({ code: 'CANNOT_OPEN' });
    expect(existsSync(file)).toBe(false);
    await (await openTestDatabase(file)).close();
    tamper(file, 'DELETE FROM _prisma_migrations');
    await expect(openAsItIs(file)).rejects.toThrow(/only the poller migrates/);
  });

  it('is refused when it records another broker', async () => {
    const file = newFile();
    await (await openTestDatabase(file, LIVE)).close();
    await expect(openAsItIs(file)).rejects.toMatchObject({ code: 'OTHER_BROKER' });
  });

  it('tells when a newer program has migrated it meanwhile', async () => {
    const file = newFile();
    const db = await openTestDatabase(file);
    expect(await db.isSchemaCurrent()).toBe(true);
    tamper(
      file,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '99990101000000_from_the_future')`,
    );
    expect(await db.isSchemaCurrent()).toBe(false);
  });

  it('has the schema of its program when it is in memory', async () => {
    expect(await (await openTestDatabase()).isSchemaCurrent()).toBe(true);
  });
});

describe('a file of another broker', () => {
  it.each([
    ['the market, opened for the demo', LIVE, DEMO],
    ['another simulator', DEMO, { ...DEMO, baseUrl: 'http://127.0.0.1:5010' }],
  ])('is refused: %s', async (_, stamped, other) => {
    const file = newFile();
    await (await openTestDatabase(file, stamped)).close();
    await expect(opening(file, other)).rejects.toMatchObject({
      code: 'OTHER_BROKER',
      message: expect.stringContaining(`${file} records the orders of ${stamped.baseUrl} (${stamped.mode})`),
    });
  });

  it('cannot be stamped anew', async () => {
    const file = newFile();
    await (await openTestDatabase(file, LIVE)).close();
    for (const sql of ["UPDATE broker_stamp SET mode = 'demo'", 'DELETE FROM broker_stamp']) {
      expect(() => tamper(file, sql)).toThrow('a record stays with its broker');
    }
  });
});

describe('a file that is not a record of ours', () => {
  it('is refused when it is no database, and left as it is', async () => {
    const file = newFile();
    writeFileSync(file, 'Date,Symbol,Price\n2026-01-05,GME,22.73\n'.repeat(100));
    const before = readFileSync(file);
    await expect(opening(file)).rejects.toMatchObject({
      code: 'NOT_A_DATABASE',
      message: expect.stringContaining(`${file} is not a SQLite database`),
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it('is refused when another program made it, and left as it is', async () => {
    const file = newFile();
    tamper(file, 'CREATE TABLE schwab_executions (id INTEGER PRIMARY KEY)');
    const before = readFileSync(file);
    await expect(opening(file)).rejects.toMatchObject({ code: 'FOREIGN_DATABASE' });
    expect(readFileSync(file)).toEqual(before);
  });

  it('is refused when another program marked it', async () => {
    const file = newFile();
    tamper(file, 'PRAGMA application_id = 252006675');
    await expect(opening(file, null)).rejects.toMatchObject({ code: 'FOREIGN_DATABASE' });
  });

  it('is refused when it is damaged', async () => {
    const file = newFile();
    await (await openTestDatabase(file)).close();
    truncateSync(file, 8_192);
    await expect(opening(file)).rejects.toMatchObject({ code: 'NOT_A_DATABASE' });
  });

  it('is refused when it is a directory', async () => {
    const file = newFile();
    mkdirSync(file);
    await expect(opening(file)).rejects.toMatchObject({
      code: 'CANNOT_OPEN',
      message: expect.stringMatching(/record\.db: .+\. Check that the path is right/),
    });
  });

  it('is refused when its directory is a file', async () => {
    const file = newFile();
    writeFileSync(file, '');
    await expect(opening(join(file, 'record.db'))).rejects.toMatchObject({ code: 'CANNOT_OPEN' });
  });

  // Nothing is closed to root.
  it.skipIf(process.getuid?.() === 0)('is refused when its directory may not be written to', async () => {
    const directory = temporaryDirectory();
    chmodSync(directory, 0o500);
    await expect(opening(join(directory, 'record.db'))).rejects.toMatchObject({ code: 'CANNOT_OPEN' });
  });
});

describe('a file of another version of this program', () => {
  it('is refused when it is newer', async () => {
    const file = newFile();
    await (await openTestDatabase(file)).close();
    tamper(
      file,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '29991231235959_later')`,
    );
    const refused = { code: 'NEWER_SCHEMA', message: expect.stringContaining('29991231235959_later') };
    await expect(opening(file)).rejects.toMatchObject(refused);
    await expect(opening(file, null)).rejects.toMatchObject(refused);
  });

  it('is refused when a migration was edited after it was applied', async () => {
    const file = newFile();
    await (await openTestDatabase(file)).close();
    tamper(file, "UPDATE _prisma_migrations SET checksum = 'other'");
    await expect(opening(file)).rejects.toMatchObject({ code: 'CHANGED_MIGRATION' });
  });

  it('is not migrated by a reader', async () => {
    const file = newFile();
    await (await openTestDatabase(file)).close();
    tamper(file, 'DELETE FROM _prisma_migrations');
    await expect(opening(file, null)).rejects.toMatchObject({
      code: 'OLDER_SCHEMA',
      message: expect.stringContaining('Start the poller once'),
    });
  });
});
