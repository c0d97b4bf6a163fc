// The programs as they run for good: shipped into a folder of their own, which they cannot write to, as a user of no
// rights, and with nothing that is only needed to build. Runs what is built.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dataFolder, startShipped } from './shipping/run-shipped.mjs';
import { eventually, freePort, json } from './testing/launch.mjs';

const SHIP = fileURLToPath(new URL('./ship.mjs', import.meta.url));
const POLLER = 'apps/poller/dist/main.js';
const API = 'apps/api/dist/main.js';
const HEALTHCHECK = 'deploy/docker/healthcheck.mjs';
/** Installing takes longer than any test: SQLite's driver may have to be compiled. */
const INSTALLING_MS = 300_000;
/** Each command is a process of its own. */
const MANY_COMMANDS_MS = 180_000;

let parent;
let folder;
let data;

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'fill-tracker-shipped-'));
  chmodSync(parent, 0o755);
  folder = join(parent, 'app');
  data = dataFolder();
  const { status, stderr } = spawnSync(process.execPath, [SHIP, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, INSTALLING_MS);

afterAll(() => {
  for (const each of [parent, data]) rmSync(each, { recursive: true, force: true }, INSTALLING_MS);
}, INSTALLING_MS);

/** Runs a program to its end. */
const run = async (script, args, variables = {}) => await startShipped(folder, script, args, variables).ended;

/** Starts one that is told to end with the test. */
function start(script, args, variables) {
  const program = startShipped(folder, script, args, variables);
  onTestFinished(async () => {
    program.child.kill('SIGTERM');
    await program.ended;
  });
  return program;
}

async function demo() {
  const ports = { SIMULATOR_PORT: await freePort(), POLLER_PORT: await freePort(), API_PORT: await freePort() };
  const variables = { DEMO: '1', DATABASE_URL: `file:${join(data, `${ports.API_PORT}.db`)}`, ...ports };
  start(POLLER, ['simulate', '--scenario', 'endings'], variables);
  await eventually(() => json(`http://127.0.0.1:${ports.SIMULATOR_PORT}/simulator/health`));
  return { variables, ports };
}

describe('the shipped folder', { timeout: MANY_COMMANDS_MS }, () => {
  it('holds what runs and nothing that only builds or tests', () => {
    const packages = readdirSync(join(folder, 'node_modules/.pnpm'));
    for (const needed of ['better-sqlite3@', '@prisma+client@', 'fastify@']) {
      expect(packages.some((name) => name.startsWith(needed))).toBe(true);
    }
    for (const idle of ['typescript@', 'vitest@', 'prisma@', 'vite@', 'react@', 'turbo@', 'effect@', '@types+']) {
      expect(packages.filter((name) => name.startsWith(idle))).toEqual([]);
    }
    const files = readdirSync(join(folder, 'apps/poller/dist'), { recursive: true, encoding: 'utf8' });
    expect(files).toContain('main.js');
    expect(files.filter((file) => /\.test\.js|(^|[\\/])testing[\\/]|\.tsx?$/.test(file))).toEqual([]);
    expect(existsSync(join(folder, '.env'))).toBe(false);
  });

  it('holds the texts that its alerts and its help point to', () => {
    const texts = ['README.md', 'docs/runbook.md', 'docs/upgrading.md', 'SECURITY.md', 'CHANGELOG.md'];
    expect(texts.filter((text) => !existsSync(join(folder, text)))).toEqual([]);
    expect(existsSync(join(folder, 'docs/images'))).toBe(false);
  });

  it('is not written over', () => {
    const { status, stderr } = spawnSync(process.execPath, [SHIP, folder], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('is not empty') });
  });

  it('has a program that explains itself, and says what it lacks', async () => {
    expect(await run(POLLER, ['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage: poller'),
    });
    const without = await run(POLLER, ['run'], { DATABASE_URL: `file:${join(data, 'live.db')}`, POLLER_PORT: '0' });
    expect(without).toMatchObject({ status: 1, stderr: expect.stringContaining('SCHWAB_APP_KEY') });
  });

  it('does one cycle against the simulator, and backs its record up and restores it', async () => {
    const { variables } = await demo();
    const once = await run(POLLER, ['run', '--once', '--json'], { ...variables, LOG_LEVEL: 'warn' });
    expect(once).toMatchObject({ status: 0 });
    expect(JSON.parse(once.stdout)).toMatchObject({ outcome: 'complete' });
    const orders = await run(POLLER, ['orders', '--json'], variables);
    expect(JSON.parse(orders.stdout).items.length).toBeGreaterThan(0);
    const { backup } = JSON.parse((await run(POLLER, ['backup', '--json'], variables)).stdout);
    expect(await run(POLLER, ['restore', backup, '--json'], variables)).toMatchObject({ status: 0 });
    expect((await run(POLLER, ['orders', '--json'], variables)).stdout).toBe(orders.stdout);
  });

  it('runs poller and API, which answer the health check of the container and end when told to', async () => {
    const { variables, ports } = await demo();
    expect((await run(HEALTHCHECK, [], variables)).status).toBe(1);
    const poller = start(POLLER, ['run'], { ...variables, LOG_LEVEL: 'warn' });
    await eventually(async () => ((await run(HEALTHCHECK, [], variables)).status === 0 ? true : null));
    expect(await run(POLLER, ['status'], variables)).toMatchObject({ status: 0 });

    const api = start(API, [], { ...variables, LOG_LEVEL: 'warn' });
    const address = `http://127.0.0.1:${ports.API_PORT}`;
    await eventually(() => json(`${address}/readyz`));
    expect((await run(HEALTHCHECK, [`${address}/healthz`], variables)).status).toBe(0);
    expect(await (await fetch(address)).text()).toContain('<div id="root">');
    for (const { child, ended } of [api, poller]) {
      child.kill('SIGTERM');
      expect(await ended).toMatchObject({ status: 0 });
    }
    expect((await run(HEALTHCHECK, [`${address}/healthz`], variables)).status).toBe(1);
  });

  it('stays as it was shipped', () => {
    const written = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.db|token\.key/.test(file),
    );
    expect(written).toEqual([]);
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toMatchObject({
      name: 'schwab-fill-tracker',
    });
  });
});
