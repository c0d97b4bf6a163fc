import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orderOf } from '@fill-tracker/domain/testing';
import { expect, it, onTestFinished } from 'vitest';
import { commitOf, DEMO, firstReport, LIVE, NOW, openForCycles, temporaryDirectory } from '../testing/test-database.ts';
import { backUpRecord } from './back-up-record.ts';
import { readContents } from './record-contents.ts';

/** SQLite's copy goes so many pages at a time, and would begin anew when somebody writes between two of them. */
const PAGES_PER_STEP = 100;
const WRITER = fileURLToPath(new URL('../testing/restless-writer.mjs', import.meta.url));

const backUp = (file: string, overrides: Partial<Parameters<typeof backUpRecord>[0]> = {}) =>
  backUpRecord({ file, broker: DEMO, target: null, keep: null, now: NOW, ...overrides });

/** A record that is open and holds orders, of which the last write is only in its log. */
async function openRecord(orders = 3): Promise<string> {
  const file = join(temporaryDirectory(), 'record.db');
  const { db, fencing } = await openForCycles(file);
  const reports = Array.from({ length: orders }, (_, i) => firstReport(orderOf({ brokerOrderId: String(100 + i) })));
  await db.commitPollCycle(commitOf(fencing, { orders: reports }));
  return file;
}

it('copies a record that is at work, with what is only in its log, beside it', async () => {
  const file = await openRecord();
  const { file: made, contents, removed } = await backUp(file);
  expect(made).toBe(join(dirname(file), 'backups', 'record-20260105T150005Z.db'));
  expect(contents).toMatchObject({
    broker: DEMO,
    orders: { pending: 3, completed: 0, failed: 0 },
    hasSignIn: false,
    lastAuditSeq: expect.any(Number),
  });
  expect(contents.lastAuditSeq).toBeGreaterThan(0);
  expect(removed).toEqual([]);
  expect(readdirSync(dirname(made))).toEqual(['record-20260105T150005Z.db']);
  expect(statSync(made).mode & 0o777).toBe(0o600);
});

it('makes a plain file: it can be read where nothing can be written', async () => {
  const { file: made } = await backUp(await openRecord());
  const alone = join(temporaryDirectory(), 'medium');
  mkdirSync(alone);
  copyFileSync(made, join(alone, 'copy.db'));
  chmodSync(alone, 0o500);
  expect(readContents(join(alone, 'copy.db'), DEMO).orders.pending).toBe(3);
  expect(readdirSync(alone)).toEqual(['copy.db']);
  expect(readFileSync(made).subarray(18, 20)).toEqual(Buffer.from([1, 1]));
});

// Runs the built package: the writer is a process of its own, and Node runs no TypeScript.
it('is one moment of a record that another process writes to without rest', async () => {
  const file = await openRecord(400);
  const { contents: quiet } = await backUp(file);
  const writer = fork(WRITER, [file], { stdio: 'inherit', execArgv: [] });
  onTestFinished(async () => {
    if (writer.exitCode === null && writer.signalCode === null) {
      const exited = once(writer, 'exit');
      writer.kill('SIGKILL');
      await exited;
    }
  });
  for (let before = 0, round = 1; round <= 3; round += 1) {
    await once(writer, 'message');
    const { contents } = await backUp(file, { now: NOW + round * 1_000 });
    // Each write adds one order and one audit entry, together or not at all.
    const { pending } = contents.orders;
    expect(contents.lastAuditSeq - pending).toBe(quiet.lastAuditSeq - quiet.orders.pending);
    expect(pending).toBeGreaterThan(before);
    expect(contents.bytes).toBeGreaterThan(PAGES_PER_STEP * 4_096);
    before = pending;
  }
});

it('writes to a file or a folder that is named, and overwrites nothing', async () => {
  const file = await openRecord();
  const folder = temporaryDirectory();
  const target = join(folder, 'monday.db');
  expect((await backUp(file, { target })).file).toBe(target);
  await expect(backUp(file, { target })).rejects.toThrow(`${target} is there already`);
  expect((await backUp(file, { target: folder })).file).toBe(join(folder, 'record-20260105T150005Z.db'));
  expect((await backUp(file, { target: folder })).file).toBe(join(folder, 'record-20260105T150005Z.2.db'));
  expect(readdirSync(folder).sort()).toEqual([
    'monday.db',
    'record-20260105T150005Z.2.db',
    'record-20260105T150005Z.db',
  ]);
});

it('keeps so many of its own, and touches nothing else', async () => {
  const file = await openRecord();
  const folder = temporaryDirectory();
  for (const name of ['record-by-hand.db', 'other-20200101T000000Z.db', 'record-20200101T000000Z.9.tmp']) {
    writeFileSync(join(folder, name), '');
  }
  const times = [NOW, NOW + 1_000, NOW + 2_000];
  const made = [];
  for (const now of times) made.push(await backUp(file, { target: folder, keep: 2, now }));
  expect(made.map(({ removed }) => removed)).toEqual([[], [], [made[0]?.file]]);
  expect(readdirSync(folder).sort()).toEqual([
    'other-20200101T000000Z.db',
    'record-20260105T150006Z.db',
    'record-20260105T150007Z.db',
    'record-by-hand.db',
  ]);
});

it('leaves nothing behind for a record that is damaged, or of somebody else', async () => {
  const file = await openRecord();
  const folder = temporaryDirectory();
  await expect(backUp(file, { target: folder, broker: LIVE })).rejects.toMatchObject({
    code: 'OTHER_BROKER',
    message: expect.stringContaining(file),
  });
  const text = join(temporaryDirectory(), 'record.db');
  writeFileSync(text, 'no database at all, but long enough to have a header of its own: '.repeat(40));
  await expect(backUp(text, { target: folder })).rejects.toMatchObject({ code: 'NOT_A_DATABASE' });
  expect(readdirSync(folder)).toEqual([]);
});

it('says where it may not write', async () => {
  const file = await openRecord();
  const taken = join(temporaryDirectory(), 'taken');
  writeFileSync(taken, '');
  await expect(backUp(file, { target: join(taken, 'copy.db') })).rejects.toMatchObject({
    code: 'CANNOT_OPEN',
    message: expect.stringMatching(/record\.db was not backed up: /),
  });
});
