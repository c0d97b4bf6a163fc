import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from './open-database.ts';
import { probeWriting } from './probe-writing.ts';

/** Above 2, SQLite takes a file for one of a later format and writes nothing to it. */
const WRITE_VERSION_OFFSET = 18;

async function aRecord(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'fill-tracker-probe-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'record.db');
  const db = await openDatabase({ file, broker: { baseUrl: 'simulator', mode: 'demo' }, now: Date.now });
  await db.close();
  return file;
}

it('finds a record that can be written to, and leaves it as it was', async () => {
  const file = await aRecord();
  const before = readFileSync(file);
  expect(probeWriting(file)).toEqual({ kind: 'writable' });
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('finds a record that is read-only', async () => {
  const file = await aRecord();
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.from([9]), 0, 1, WRITE_VERSION_OFFSET);
  closeSync(descriptor);
  expect(probeWriting(file)).toMatchObject({ kind: 'read-only', problem: expect.stringContaining('readonly') });
});

it('finds a record that another program keeps locked', async () => {
  const file = await aRecord();
  const other = new Database(file);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  expect(probeWriting(file, 50)).toMatchObject({ kind: 'busy' });
});

it('finds that there is no file, and makes none', () => {
  expect(probeWriting('/nowhere/record.db')).toMatchObject({ kind: 'failed' });
});
