import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { orderOf } from '@fill-tracker/domain/testing';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FillDatabase } from '../fill-database.ts';
import { migrate } from '../migrate.ts';
import { readMigrations } from '../migrations.ts';
import {
  commitOf,
  DEMO,
  firstReport,
  LIVE,
  NOW,
  openForCycles,
  openTestDatabase,
  temporaryDirectory,
} from '../testing/test-database.ts';
import { backUpRecord } from './back-up-record.ts';
import { readContents } from './record-contents.ts';
import { checkBackup, restoreRecord } from './restore-record.ts';

const RESTORER = fileURLToPath(new URL('../testing/restless-restorer.mjs', import.meta.url));
const LATER = NOW + 60_000;

const restore = (file: string, backup: string, broker = DEMO) => restoreRecord({ file, backup, broker, now: LATER });

async function addOrders(db: FillDatabase, fencing: number, ids: readonly number[]): Promise<void> {
  const orders = ids.map((id) => firstReport(orderOf({ brokerOrderId: String(id) })));
  await db.commitPollCycle(commitOf(fencing, { orders }));
}

/** A record of some orders that nobody uses, and its backup. */
async function backedUp(ids: readonly number[] = [101, 102]): Promise<{ file: string; backup: string }> {
  const file = join(temporaryDirectory(), 'record.db');
  const { db, fencing } = await openForCycles(file);
  await addOrders(db, fencing, ids);
  await db.close();
  const { file: backup } = await backUpRecord({ file, broker: DEMO, target: null, keep: null, now: NOW });
  return { file, backup };
}

async function brokerOrderIds(file: string): Promise<string[]> {
  const db = await openTestDatabase(file);
  const ids = (await db.loadPendingOrders()).map(({ known }) => known.brokerOrderId);
  await db.close();
  return ids;
}

/** The record goes on after its backup, and its poller ends. */
async function goOn(file: string, ids: readonly number[]): Promise<number> {
  const db = await openTestDatabase(file);
  const lease = await db.acquireLease({ owner: 'poller-2', now: LATER, ttlMs: 10_000 });
  await addOrders(db, lease?.fencing ?? 0, ids);
  await db.releaseLease({ fencing: lease?.fencing ?? 0, now: LATER });
  const last = await db.lastAuditSeq();
  await db.close();
  return last;
}

function change(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

describe('restoreRecord', () => {
  it('puts the backup in the place of the record, and sets that aside whole', async () => {
    const { file, backup } = await backedUp();
    await goOn(file, [103]);
    const { setAside, contents, pendingMigrations } = await restore(file, backup);
    expect(setAside).toBe(`${file}.before-restore-20260105T150105Z.bak`);
    expect(contents).toMatchObject({ orders: { pending: 2 } });
    expect(pendingMigrations).toBe(0);
    expect(await brokerOrderIds(file)).toEqual(['101', '102']);
    expect(await brokerOrderIds(setAside ?? '')).toEqual(['101', '102', '103']);
    expect(readContents(backup, DEMO).orders.pending).toBe(2);
  });

  it('gives no number out twice: ids and audit numbers go on where the record set aside had ended', async () => {
    const { file, backup } = await backedUp();
    const last = await goOn(file, [103, 104]);
    await restore(file, backup);
    const db = await openTestDatabase(file);
    const { fencing } = await db.readLease();
    const lease = await db.acquireLease({ owner: 'poller-3', now: LATER, ttlMs: 10_000 });
    expect(lease?.fencing).toBe(fencing + 1);
    expect(fencing).toBe(2);
    await addOrders(db, lease?.fencing ?? 0, [105]);
    const [order] = await db.findOrder({ brokerOrderId: '105' });
    expect(order?.id).toBe(5);
    const [first] = await db.auditAfter(checkBackup(backup, DEMO).contents.lastAuditSeq, 1);
    expect(first?.seq).toBe(last + 1);
  });

  it('takes the place of a file that is missing, and counts on far beyond what the lost one may have given out', async () => {
    const { file, backup } = await backedUp();
    const elsewhere = join(temporaryDirectory(), 'data', 'record.db');
    expect((await restore(elsewhere, backup)).setAside).toBeNull();
    expect(await brokerOrderIds(elsewhere)).toEqual(['101', '102']);
    expect(await goOn(elsewhere, [103])).toBeGreaterThan(1_000_000);
    expect(existsSync(file)).toBe(true);
  });

  it.each([
    ['damaged', (file: string) => truncateSync(file, 3_000)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['no database', (file: string) => writeFileSync(file, 'scribble '.repeat(1_000))],
  ])('takes the place of a file that is %s, with what was left in its log', async (_, spoil) => {
    const { file, backup } = await backedUp();
    spoil(file);
    writeFileSync(`${file}-wal`, 'a log of the spoilt file');
    const { setAside } = await restore(file, backup);
    expect(await brokerOrderIds(file)).toEqual(['101', '102']);
    expect(readFileSync(`${setAside}-wal`, 'utf8')).toBe('a log of the spoilt file');
    expect(await goOn(file, [103])).toBeGreaterThan(1_000_000);
  });

  it('restores the record of an older program; its next opening brings it up to date', async () => {
    const { file } = await backedUp();
    const older = join(temporaryDirectory(), 'older.db');
    const db = new Database(older);
    const [first, ...newer] = readMigrations();
    if (first === undefined) throw new Error('There are no migrations');
    await migrate(db, { file: older, migrations: [first], now: () => NOW, newId: () => 'id' });
    db.exec(`INSERT INTO broker_stamp VALUES (1, '${DEMO.baseUrl}', 'demo', '2026-01-05T15:00:00.000Z')`);
    db.close();
    expect((await restore(file, older)).pendingMigrations).toBe(newer.length);
    expect(await brokerOrderIds(file)).toEqual([]);
  });

  it('leaves the file to the same user with the same rights', async () => {
    const { file, backup } = await backedUp();
    chmodSync(file, 0o640);
    await restore(file, backup);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });
});

describe('what it refuses, leaving everything as it was', () => {
  /** Looking into a record makes an empty log beside it. */
  const filesBeside = (file: string): string[] =>
    readdirSync(dirname(file))
      .filter((name) => !/-(wal|shm)$/.test(name))
      .sort();

  async function expectRefused(
    { file, backup }: { file: string; backup: string },
    expected: { code: string; message: unknown },
    broker = DEMO,
  ): Promise<void> {
    const before = filesBeside(file);
    await expect(restore(file, backup, broker)).rejects.toMatchObject(expected);
    expect(filesBeside(file)).toEqual(before);
  }

  it('while a poller holds the lease', async () => {
    const { file, backup } = await backedUp();
    const db = await openTestDatabase(file);
    await db.acquireLease({ owner: 'host:7:poller', now: LATER, ttlMs: 10_000 });
    await db.close();
    await expectRefused({ file, backup }, { code: 'IN_USE', message: expect.stringContaining('host:7:poller') });
  });

  it('while another process only reads', async () => {
    const { file, backup } = await backedUp();
    const reader = await openTestDatabase(file, null);
    expect(await reader.lastAuditSeq()).toBeGreaterThan(0);
    await expectRefused({ file, backup }, { code: 'IN_USE', message: expect.stringContaining('open: the API') });
    expect(await reader.countOrders()).toMatchObject({ pending: 2 });
  });

  it('a damaged backup, wherever the damage is', async () => {
    const { file, backup } = await backedUp(Array.from({ length: 200 }, (_, i) => 1_000 + i));
    const whole = readFileSync(backup);
    const damaged = join(temporaryDirectory(), 'damaged.db');
    let refused = 0;
    for (let page = 0; page < whole.length / 4_096; page += 7) {
      const bytes = Buffer.from(whole);
      bytes.fill(0xa5, page * 4_096, page * 4_096 + 512);
      writeFileSync(damaged, bytes);
      await expect(restore(file, damaged), `page ${page}`).rejects.toMatchObject({ name: 'FillDatabaseError' });
      refused += 1;
    }
    expect(refused).toBeGreaterThan(10);
    writeFileSync(damaged, whole.subarray(0, whole.length - 4_096));
    await expectRefused(
      { file, backup: damaged },
      { code: 'NOT_A_DATABASE', message: expect.stringContaining(damaged) },
    );
    expect(await brokerOrderIds(file)).toHaveLength(200);
  });

  it('a backup whose rows do not hold together', async () => {
    const { file, backup } = await backedUp();
    change(backup, "PRAGMA foreign_keys = OFF; UPDATE orders SET account_id = 'A9'");
    await expectRefused(
      { file, backup },
      { code: 'NOT_A_DATABASE', message: expect.stringContaining('a row of orders') },
    );
  });

  it('a backup of another broker, or a record of another', async () => {
    const both = await backedUp();
    await expectRefused(both, { code: 'OTHER_BROKER', message: expect.stringContaining(both.backup) }, LIVE);
    const live = join(temporaryDirectory(), 'live.db');
    await (await openTestDatabase(live, LIVE)).close();
    await expectRefused(
      { file: live, backup: both.backup },
      { code: 'OTHER_BROKER', message: expect.stringContaining(live) },
    );
  });

  it('a backup of a newer program', async () => {
    const { file, backup } = await backedUp();
    change(
      backup,
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ('x', 'y', '29990101_later', 0)",
    );
    await expectRefused({ file, backup }, { code: 'NEWER_SCHEMA', message: expect.stringContaining('29990101_later') });
  });

  it('a file that is missing, of another program, or the record itself', async () => {
    const { file } = await backedUp();
    const foreign = join(temporaryDirectory(), 'foreign.db');
    change(foreign, 'CREATE TABLE theirs (id)');
    await expectRefused({ file, backup: `${file}.gone` }, { code: 'CANNOT_OPEN', message: expect.anything() });
    await expectRefused({ file, backup: foreign }, { code: 'FOREIGN_DATABASE', message: expect.anything() });
    await expectRefused({ file, backup: file }, { code: 'CANNOT_OPEN', message: expect.stringContaining('itself') });
  });

  it('to take the place of a database of another program', async () => {
    const { backup } = await backedUp();
    const foreign = join(temporaryDirectory(), 'foreign.db');
    change(foreign, 'CREATE TABLE theirs (id)');
    await expectRefused(
      { file: foreign, backup },
      { code: 'FOREIGN_DATABASE', message: expect.stringContaining(foreign) },
    );
  });
});

// Runs the built package: the restorer is a process of its own, and Node runs no TypeScript.
it('killed anywhere, leaves the old record or the new one, whole', async () => {
  const first = await backedUp([101]);
  const second = await backedUp([201, 202]);
  const { file } = first;
  for (let kill = 0; kill < 6; kill += 1) {
    const restorer = fork(RESTORER, [file, second.backup, first.backup], { stdio: 'inherit', execArgv: [] });
    onTestFinished(() => void restorer.kill('SIGKILL'));
    const exited = once(restorer, 'exit');
    for (let rounds = 0; rounds <= 2 + (kill % 2); rounds += 1) await once(restorer, 'message');
    // Turns of this loop, which last a different while each time, are how far it gets.
    for (let turns = 0; turns < kill * 40; turns += 1) await setImmediate();
    restorer.kill('SIGKILL');
    await exited;
    expect([1, 2]).toContain(readContents(file, DEMO).orders.pending);
  }
  const aside = readdirSync(dirname(file)).filter((name) => name.endsWith('.bak'));
  expect(aside.length).toBeGreaterThanOrEqual(2 * 6);
  for (const name of aside) expect([1, 2]).toContain(readContents(join(dirname(file), name), DEMO).orders.pending);
  await restore(file, second.backup);
  expect(await brokerOrderIds(file)).toEqual(['201', '202']);
});
