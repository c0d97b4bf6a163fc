import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backupSummary, restoreSummary } from '@fill-tracker/contract';
import { openDatabase } from '@fill-tracker/db';
import { expect, it } from 'vitest';
import { pollerConfig, type PollerConfig } from '../config/poller-config.ts';
import { POLLER_ENVIRONMENT } from '../config/environment.ts';
import { capturedOutput } from '../testing/captured-output.ts';
import { type OwningTest, temporaryDirectory } from '../testing/world.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

const NOON = Date.parse('2026-01-05T12:00:00Z');

function configIn(test: OwningTest): PollerConfig {
  const folder = temporaryDirectory(test);
  return pollerConfig(POLLER_ENVIRONMENT.parse({ DEMO: '1', DATABASE_URL: `file:${folder}/demo.db` }), '/');
}

async function configOfRecord(test: OwningTest): Promise<PollerConfig> {
  const config = configIn(test);
  const db = await openDatabase({ file: config.databaseFile, broker: config.broker, now: () => NOON });
  await db.close();
  return config;
}

const ASKED = { target: null, keep: null, isJson: true };

it('backs up and restores, in words of the contract', async (test) => {
  const config = await configOfRecord(test);
  const { output, values } = capturedOutput();
  await backup(config, ASKED, NOON, output);
  const made = backupSummary.strict().parse(values[0]);
  const folder = join(dirname(config.databaseFile), 'backups');
  expect(made).toMatchObject({
    database: config.databaseFile,
    backup: join(folder, 'demo-20260105T120000Z.db'),
    contents: { broker: 'simulator', demo: true, fills: 0, lastAuditSeq: 0, lastChangeAt: null, hasSignIn: false },
  });

  const asked = { backup: made.backup, isJson: true };
  await restore(config, { ...asked, isCheck: true }, NOON, output);
  expect(restoreSummary.strict().parse(values[1])).toMatchObject({ restored: false, setAside: null });
  await restore(config, { ...asked, isCheck: false }, NOON, output);
  const restored = restoreSummary.strict().parse(values[2]);
  expect(restored).toMatchObject({ restored: true, pendingMigrations: 0, contents: made.contents });
  expect(readdirSync(dirname(config.databaseFile))).toContain('demo.db.before-restore-20260105T120000Z.bak');
});

it('tells people what a backup holds, what became of the record, and to sign in', async (test) => {
  const config = await configOfRecord(test);
  const { output, lines } = capturedOutput();
  await backup(config, { ...ASKED, isJson: false, keep: 1 }, NOON, output);
  await backup(config, { ...ASKED, isJson: false, keep: 1 }, NOON + 1_000, output);
  const made = join(dirname(config.databaseFile), 'backups', 'demo-20260105T120001Z.db');
  expect(lines[1]).toMatch(/Backed up .* the copy is whole\.\n {2}orders {7}0 pending, 0 completed, 0 failed\n/);
  expect(lines[1]).toMatch(/\nRemoved 1 older: .*demo-20260105T120000Z\.db$/);
  await restore(config, { backup: made, isCheck: true, isJson: false }, NOON, output);
  expect(lines[2]).toMatch(/is whole and can be restored\./);
  await restore(config, { backup: made, isCheck: false, isJson: false }, NOON, output);
  expect(lines[3]).toMatch(/\nThe former record is kept as .*\.bak\nIt holds no sign-in: sign in \(poller login\)/);
});

it('says that there is nothing to back up', async (test) => {
  await expect(backup(configIn(test), ASKED, NOON, capturedOutput().output)).rejects.toThrow('There is no record yet');
});

it('removes nothing beside a file that somebody named', async (test) => {
  const config = await configOfRecord(test);
  const target = join(temporaryDirectory(test), 'mine.db');
  const asked = { ...ASKED, target, keep: 3 };
  await expect(backup(config, asked, NOON, capturedOutput().output)).rejects.toMatchObject({ name: 'UsageError' });
});

it('leaves the record alone when the backup is none', async (test) => {
  const config = await configOfRecord(test);
  const file = join(temporaryDirectory(test), 'notes.txt');
  writeFileSync(file, 'no backup. '.repeat(100));
  await expect(
    restore(config, { backup: file, isCheck: false, isJson: true }, NOON, capturedOutput().output),
  ).rejects.toThrow(`${file} is not a SQLite database`);
  expect(readdirSync(dirname(config.databaseFile)).filter((name) => name.startsWith('demo.db.'))).toEqual([]);
});
