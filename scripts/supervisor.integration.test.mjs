import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepRunning } from './supervisor/keep-running.mjs';
import { yesOrNo } from '../packages/settings/src/index.ts';
import { foldersOf } from './supervisor/program-code.mjs';
import { isOn } from './supervisor/surroundings.mjs';
import { eventually } from './testing/launch.mjs';

/** Writes its process id down, then runs until told to end. */
const PROGRAM = `require('node:fs').appendFileSync(process.argv[2], process.pid + '\\n'); setInterval(() => {}, 1000);`;

it('starts a program again at once when told to, and not again once it was stopped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fill-tracker-supervisor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, 'program.cjs');
  const diary = join(folder, 'diary');
  writeFileSync(script, PROGRAM);
  const livesSoFar = (count) =>
    eventually(async () => {
      // A file that was made and not yet written to tells of no life.
      const lives = readFileSync(diary, 'utf8').split('\n').slice(0, -1);
      return lives.length >= count ? lives : null;
    });

  const told = [];
  const program = keepRunning({ name: 'it', args: [script, diary], env: process.env, tell: (text) => told.push(text) });
  await livesSoFar(1);
  program.restart();
  const lives = await livesSoFar(2);
  program.stop('SIGTERM');
  await program.ended;
  program.restart();

  expect(new Set(lives).size).toBe(2);
  expect(told).toEqual([]);
  for (const life of lives) expect(() => process.kill(Number(life), 0)).toThrow('ESRCH');
});

it.each(['1', 'true', 'TRUE', 'yes', 'on', 'y', 'enabled', '0', 'false', 'no', 'off', 'n', 'disabled'])(
  'DEMO=%s means to it what it means to the programs',
  (text) => expect(isOn(text)).toBe(yesOrNo.parse(text)),
);

it('knows which folders a program is made of, through the packages of its packages', () => {
  const packages = ['contract', 'db', 'domain', 'notices', 'schwab-client', 'settings'].map(
    (name) => `packages/${name}`,
  );
  expect(new Set(foldersOf('apps/api'))).toEqual(new Set(['apps/api', ...packages]));
  expect(foldersOf('apps/poller')).toContain('packages/schwab-simulator');
});
