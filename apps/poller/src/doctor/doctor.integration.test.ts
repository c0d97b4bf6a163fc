/** Ten things that go wrong, each planted for real: a doctor names it, and says what to do. */
import { execFile, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Diagnosis, diagnosis } from '@fill-tracker/contract';
import { type FillDatabase, openDatabase } from '@fill-tracker/db';
import { DEMO_CREDENTIALS, type RunningSimulator, startSimulator } from '@fill-tracker/schwab-simulator';
import Database from 'better-sqlite3';
import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { doctor } from '../cli/doctor.ts';
import type { Settings } from '../cli/command-line-client.ts';
import { POLLER_ENVIRONMENT } from '../config/environment.ts';
import { pollerConfig, pollerSecrets } from '../config/poller-config.ts';
import { newPollerLife } from '../loop/run-poller.ts';
import { startHealthServer } from '../ops/health-server.ts';
import { openTokenStore } from '../sign-in/open-token-store.ts';
import { capturedOutput } from '../testing/captured-output.ts';
import { runCommand, type Variables } from '../testing/command-line.ts';
import { temporaryDirectory } from '../testing/world.ts';

const CALLBACK = 'https://127.0.0.1:8182';
const WEEK_MS = 7 * 86_400_000;
const WRITE_VERSION_OFFSET = 18;

interface Installation {
  readonly simulator: RunningSimulator;
  readonly file: string;
  readonly variables: Variables;
}

/** Signed in, with a record, against a broker of its own: nothing is wrong with it. */
async function installation(signIn: { refreshToken?: string; leftMs?: number } = {}): Promise<Installation> {
  const directory = temporaryDirectory({ onTestFinished });
  const file = join(directory, 'fills.db');
  const simulator = await startSimulator({ port: 0 });
  onTestFinished(() => simulator.close());
  const variables = {
    SCHWAB_BASE_URL: simulator.url,
    SCHWAB_APP_KEY: DEMO_CREDENTIALS.appKey,
    SCHWAB_APP_SECRET: DEMO_CREDENTIALS.appSecret,
    SCHWAB_CALLBACK_URL: CALLBACK,
    DATABASE_URL: `file:${file}`,
    POLLER_PORT: '0',
    API_PORT: '0',
  };
  await withRecord({ simulator, file, variables }, async (db) => {
    const { refreshToken = DEMO_CREDENTIALS.refreshToken, leftMs = WEEK_MS } = signIn;
    const now = Date.now();
    const { config, secrets } = settingsOf(variables);
    await (
      await openTokenStore({ config, secrets, db })
    ).save({
      accessToken: '',
      accessTokenExpiresAt: 0,
      refreshToken,
      refreshTokenExpiresAt: now + leftMs,
      signedInAt: now + leftMs - WEEK_MS,
    });
  });
  return { simulator, file, variables };
}

async function withRecord(
  { simulator, file }: Installation,
  use: (db: FillDatabase) => Promise<unknown>,
): Promise<void> {
  const db = await openDatabase({ file, broker: { baseUrl: simulator.url, mode: 'live' }, now: Date.now });
  await use(db);
  await db.close();
}

function settingsOf(variables: Variables): Settings {
  const env = POLLER_ENVIRONMENT.parse(variables);
  return { config: pollerConfig(env, '/nowhere'), secrets: pollerSecrets(env) };
}

/** As `poller doctor --json` does, in this process. */
async function examine({ variables }: Pick<Installation, 'variables'>): Promise<Diagnosis & { status: number }> {
  const { output, values } = capturedOutput();
  const status = await doctor(() => settingsOf(variables), true, output);
  return { ...diagnosis.parse(values[0]), status };
}

const problemsIn = ({ checks }: Diagnosis) =>
  checks
    .filter(({ verdict }) => verdict === 'problem')
    .map(({ check, finding, remedy }) => ({ check, finding, remedy }));

/** One problem and no other, with a remedy. */
function expectOnly(found: Diagnosis & { status: number }, check: string, finding: RegExp, remedy: RegExp): void {
  expect(problemsIn(found)).toEqual([
    { check, finding: expect.stringMatching(finding), remedy: expect.stringMatching(remedy) },
  ]);
  expect(found).toMatchObject({ healthy: false, status: 1 });
}

/** Calls the broker's control route. */
async function order({ simulator }: Installation, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${simulator.url}/simulator${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

it('finds nothing wrong where nothing is, in five calls at most', async () => {
  const healthy = await installation();
  const found = await examine(healthy);
  expect(found.checks.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(found).toMatchObject({ healthy: true, status: 0 });
  expect(healthy.simulator.requests().length).toBeLessThanOrEqual(5);
});

describe('names', () => {
  it('a bad app key', async () => {
    const { variables } = await installation();
    const found = await examine({ variables: { ...variables, SCHWAB_APP_SECRET: 'not-the-secret-canary' } });
    expectOnly(found, 'app-key', /does not take the app key/, /SCHWAB_APP_KEY .*developer\.schwab\.com/);
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('a sign-in that the broker calls dead', async () => {
    const found = await examine(await installation({ refreshToken: 'dead-token-canary' }));
    expectOnly(found, 'sign-in', /does not take the sign-in any more/, /poller login/);
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('a sign-in that ran out, without asking', async () => {
    const old = await installation({ leftMs: -1_000 });
    expectOnly(await examine(old), 'sign-in', /the sign-in ended /, /poller login/);
    expect(old.simulator.requests().map(({ path }) => path)).not.toContain('/trader/v1/accounts/accountNumbers');
  });

  it.each([
    ['POLLER_PORT', 'poller-port'],
    ['API_PORT', 'api-port'],
  ])('a port that a foreign program has: %s', async (variable, check) => {
    const foreign = createServer((_request, response) => response.end('<html>something else</html>'));
    await new Promise<void>((listening) => void foreign.listen(0, '127.0.0.1', listening));
    onTestFinished(() => new Promise((closed) => void foreign.close(() => closed())));
    const address = foreign.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { variables } = await installation();
    const found = await examine({ variables: { ...variables, [variable]: String(port) } });
    expectOnly(found, check, new RegExp(`port ${port} is taken`), new RegExp(`another ${variable}`));
  });

  it('no taken port when it is our own poller that has it', async () => {
    const poller = await startHealthServer(0, newPollerLife(), new Registry(), Date.now);
    onTestFinished(() => poller.close());
    const { variables } = await installation();
    const found = await examine({ variables: { ...variables, POLLER_PORT: String(poller.port) } });
    expect(found.checks).toContainEqual(
      expect.objectContaining({
        check: 'poller-port',
        verdict: 'ok',
        finding: `the poller answers on port ${poller.port}`,
      }),
    );
  });

  it.each([
    [-3_600_000, /3\d{3}\.\d\d s ahead of Schwab's/, /timedatectl.*an hour ahead means an hour/],
    [60_000, /(59|60)\.\d\d s behind Schwab's/, /timedatectl.*fills seem to lie in the future/],
  ])('a clock that is off from a broker %i ms away', async (offsetMs, finding, remedy) => {
    const off = await installation();
    await order(off, '/clock', { offsetMs });
    expectOnly(await examine(off), 'clock', finding, remedy);
  });

  it('a record that is read-only', async () => {
    const readOnly = await installation();
    // SQLite writes to no file of a later format. Permissions would not do: the test may run as root.
    const descriptor = openSync(readOnly.file, 'r+');
    writeSync(descriptor, Buffer.from([9]), 0, 1, WRITE_VERSION_OFFSET);
    closeSync(descriptor);
    expectOnly(await examine(readOnly), 'writing', /read-only/, /permissions/);
  });

  it('a disk that is full, in the installed program under a limit on files', async () => {
    const { variables } = await installation();
    // In blocks of 512 or 1,024 bytes, by the shell: either way less than what is tried.
    const script = 'ulimit -f 200; exec "$0" "$@"';
    const main = join(import.meta.dirname, '../../dist/main.js');
    const args = ['-c', script, process.execPath, main, 'doctor', '--json', '--env', '/dev/null'];
    const running = promisify(execFile)('/bin/sh', args, { env: variables });
    const failed = FAILED.parse(
      await running.then(
        () => null,
        (error: unknown) => error,
      ),
    );
    const found = { ...diagnosis.parse(JSON.parse(failed.stdout)), status: failed.code };
    expectOnly(found, 'disk-space', /the disk is full/, /Make room/);
  });

  it.each([
    ['https://localhost:8182', /names localhost/, /https:\/\/127\.0\.0\.1/],
    [`${CALLBACK}/`, /does not know the callback/, /to the letter/],
    ['https://127.0.0.1:9999', /does not know the callback/, /developer\.schwab\.com/],
  ])('the wrong callback %s', async (callback, finding, remedy) => {
    const wrong = await installation();
    await order(wrong, '/tokens', { callbackUrls: [CALLBACK] });
    const variables = { ...wrong.variables, SCHWAB_CALLBACK_URL: callback };
    expectOnly(await examine({ variables }), 'callback', finding, remedy);
  });

  it('a broker that cannot be reached, and blames nothing else for it', async () => {
    const alone = await installation();
    await alone.simulator.close();
    const found = await examine(alone);
    expectOnly(found, 'broker', /cannot be reached: the connection is refused/, /network of this machine/);
    const unknown = found.checks.filter(({ verdict }) => verdict === 'unknown').map(({ check }) => check);
    expect(unknown).toEqual(['clock', 'app-key', 'callback', 'sign-in']);
  });

  it('a lease whose holder on this machine is dead, and one that ran out', async () => {
    const left = await installation();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const owner = `${hostname()}:${pid}:9f2c`;
    await withRecord(left, (db) => db.acquireLease({ owner, now: Date.now(), ttlMs: 10_000 }));
    expectOnly(await examine(left), 'lease', /stale lease: .* is gone/, /within 10 s.*poller run/);

    const long = await installation();
    const elsewhere = { owner: 'elsewhere:1:9f2c', now: Date.now() - 60_000, ttlMs: 10_000 };
    await withRecord(long, (db) => db.acquireLease(elsewhere));
    expectOnly(await examine(long), 'lease', /stale lease: elsewhere:1:9f2c/, /^Start a poller/);
  });

  it('an older schema, and a newer one', async () => {
    const older = await installation();
    changeMigrations(older.file, 'DELETE FROM _prisma_migrations WHERE migration_name LIKE ?', '%broker_truth');
    expectOnly(await examine(older), 'schema', /lacks the migration/, /poller run.*after a backup/);

    const newer = await installation();
    changeMigrations(newer.file, MIGRATION_TO_COME, '20991231000000_to_come');
    expectOnly(await examine(newer), 'schema', /newer version/, /Update this program/);
  });

  it('a lost key, another broker, a missing app, and settings that make no sense', async () => {
    const lost = await installation();
    rmSync(join(lost.file, '..', 'token.key'));
    expectOnly(await examine(lost), 'token-key', /key to the tokens is lost/, /poller login/);

    const { variables } = await installation();
    const other = { variables: { ...variables, SCHWAB_BASE_URL: 'http://127.0.0.1:1' } };
    expect(problemsIn(await examine(other)).map(({ check }) => check)).toEqual(['record', 'broker']);

    const { SCHWAB_APP_KEY: _key, ...half } = variables;
    expectOnly(await examine({ variables: half }), 'environment', /SCHWAB_APP_KEY is missing/, /\.env/);
    const { SCHWAB_APP_SECRET: _secret, ...none } = half;
    const problems = problemsIn(await examine({ variables: none }));
    expect(problems.map(({ check }) => check)).toContain('app-key');

    const unsafe = { ...variables, SCHWAB_CALLBACK_URL: 'http://127.0.0.1:8182' };
    expectOnly(await examine({ variables: unsafe }), 'environment', /SCHWAB_CALLBACK_URL must be the https/, /\.env/);
  });
});

/** How a program ended that did not end well. */
const FAILED = z.looseObject({ code: z.number(), stdout: z.string() });

const MIGRATION_TO_COME = `
  INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  VALUES ('x', 'x', ?, 0, 0, 1)`;

function changeMigrations(file: string, sql: string, name: string): void {
  const db = new Database(file);
  expect(db.prepare(sql).run(name).changes).toBe(1);
  db.close();
}

it('is read by people: the installed program says a line for each check, and what to do, in 80 columns', async (test) => {
  const { variables } = await installation({ refreshToken: 'dead-token-canary' });
  const { status, stdout, stderr } = await runCommand(test, ['doctor', '--env', '/dev/null'], variables);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(/^PROBLEM {2}Sign-in .*\n(.*\n)*? +-> Sign in again: `poller login`/m);
  expect(stdout).toContain('1 problem found.');
  expect(stdout).not.toContain('canary');
  const wide = stdout.split('\n').filter((line) => line.length > 80 && !line.includes(variables['DATABASE_URL'] ?? ''));
  expect(wide.filter((line) => line.trim().includes(' '))).toEqual([]);
});
