import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { orderOf } from '@fill-tracker/domain/testing';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../clock.ts';
import { buildTestApi, type TestApi } from '../testing/api.ts';
import { DEMO, openTestRecord, temporaryFolder } from '../testing/record.ts';
import { keepRecordOpen } from './keep-record-open.ts';

const SILENT = { info: () => undefined, warn: () => undefined };
const PATIENCE = { timeout: 20_000 };

/** An API on a file, which looks at it often. */
async function serveFile(
  file: string,
  broker: typeof DEMO | { baseUrl: string; mode: 'live' } = DEMO,
): Promise<TestApi> {
  const clock = { ...systemClock, sleep: (_ms: number, signal: AbortSignal) => systemClock.sleep(20, signal) };
  const keeper = await keepRecordOpen({ file, broker, clock, log: SILENT });
  onTestFinished(() => keeper.close());
  return await buildTestApi({ record: keeper.record });
}

const statusOf = async ({ app }: TestApi, url: string): Promise<number> => (await app.inject(url)).statusCode;

it('waits for a record that is not there yet, never makes one, and serves it as soon as it is', async () => {
  const file = join(temporaryFolder(), 'fills.db');
  const api = await serveFile(file);
  const answer = await api.app.inject('/api/orders');
  expect(answer.json()).toMatchObject({ status: 503, detail: expect.stringContaining('Start the poller') });
  expect(await statusOf(api, '/readyz')).toBe(503);
  expect(await statusOf(api, '/healthz')).toBe(200);
  await openTestRecord(file);
  await expect.poll(() => statusOf(api, '/readyz'), PATIENCE).toBe(200);
  expect(await statusOf(api, '/api/orders')).toBe(200);
});

it('goes on with the file that took the place of another', async () => {
  const folder = temporaryFolder();
  const [file, other] = [join(folder, 'fills.db'), join(folder, 'other.db')];
  const first = await openTestRecord(file);
  await first.report([orderOf({ brokerOrderId: '1' })]);
  await first.db.close();
  const api = await serveFile(file);
  const second = await openTestRecord(other);
  await second.report([orderOf({ brokerOrderId: '2' })]);
  await second.db.close();
  renameSync(other, file);
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  const firstId = async () => (await api.app.inject('/api/orders')).json<{ items?: { brokerOrderId: string }[] }>();
  await expect.poll(firstId, PATIENCE).toMatchObject({ items: [{ brokerOrderId: '2' }] });
});

it('says why when the record is gone', async () => {
  const file = join(temporaryFolder(), 'fills.db');
  const { db } = await openTestRecord(file);
  await db.close();
  const api = await serveFile(file);
  expect(await statusOf(api, '/readyz')).toBe(200);
  rmSync(file);
  await expect.poll(() => statusOf(api, '/readyz'), PATIENCE).toBe(503);
});

it('refuses the record of another broker, and a file that is no record', async () => {
  const folder = temporaryFolder();
  const { file } = await openTestRecord(join(folder, 'demo.db'));
  const live = await serveFile(file, { baseUrl: 'https://api.schwabapi.com', mode: 'live' });
  expect((await live.app.inject('/readyz')).json()).toMatchObject({ detail: expect.stringContaining('cannot record') });
  const text = join(folder, 'notes.db');
  writeFileSync(text, 'not a database at all');
  const api = await serveFile(text);
  expect((await api.app.inject('/readyz')).json()).toMatchObject({ detail: expect.stringContaining('not a SQLite') });
});
