import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { environmentReader } from './environment-reader.ts';
import { readEnvironment } from './read-environment.ts';

const READER = environmentReader({});

function envFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fill-tracker-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, '.env');
  writeFileSync(file, text);
  return file;
}

/** What a file sets stays in the process: these are unset again. */
function unsetAfterwards(...names: readonly string[]): void {
  for (const name of names) vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
}

it('reads the named file; what is set already wins', () => {
  unsetAfterwards('POLL_INTERVAL_SECONDS', 'LOG_LEVEL');
  vi.stubEnv('LOG_LEVEL', 'debug');
  const file = envFile('# a comment\nPOLL_INTERVAL_SECONDS=7\nLOG_LEVEL=error\n');
  expect(readEnvironment(READER, file)).toMatchObject({ POLL_INTERVAL_SECONDS: 7, LOG_LEVEL: 'debug' });
});

it('names what is wrong in the file', () => {
  unsetAfterwards('POLL_INTERVAL_SECONDS', 'MARKET_OPEN');
  const file = envFile('POLL_INTERVAL_SECONDS=soon\nMARKET_OPEN=9:30\n');
  expect(() => readEnvironment(READER, file)).toThrow(
    /has 2 bad variables:\n {2}POLL_INTERVAL_SECONDS must be a number of seconds \(it is "soon"\)\n {2}MARKET_OPEN /,
  );
});

it('refuses a named file that is not there', () => {
  expect(() => readEnvironment(READER, '/nowhere/.env')).toThrow(/\/nowhere\/\.env cannot be read: /);
});
