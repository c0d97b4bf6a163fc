/** The installed program in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { orderOf } from '@fill-tracker/domain/testing';
import { expect, it, onTestFinished } from 'vitest';
import { openStream } from './testing/api.ts';
import { openTestRecord, temporaryFolder } from './testing/record.ts';

const MAIN = join(import.meta.dirname, '../dist/main.js');

function start(args: readonly string[], variables: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', DEMO: '1', API_PORT: '0', LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  const ended = once(child, 'close').then(([status]) => Number(status));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const address = new Promise<string>((resolve) => {
    child.stdout.on('data', (data) => {
      texts.stdout += String(data);
      const [, found] = /: (http:\S+)/.exec(texts.stdout) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  child.stderr.on('data', (data) => (texts.stderr += String(data)));
  return { child, texts, ended, address };
}

it.each(['SIGTERM', 'SIGINT'] as const)('serves until %s, then ends its streams and exits 0', async (signal) => {
  const { file, report } = await openTestRecord();
  await report([orderOf()]);
  const program = start([], { DATABASE_URL: `file:${file}` });
  const address = await program.address;
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  expect(await (await fetch(`${address}/api/orders`)).json()).toMatchObject({ total: 1 });
  const stream = await openStream(`${address}/api/events`);
  await once(stream, 'data');
  const streamEnded = once(stream.resume(), 'close');
  program.child.kill(signal);
  expect(await program.ended).toBe(0);
  await streamEnded;
  expect(program.texts.stdout).toMatch(/^(Dashboard|API): http:\/\/127\.0\.0\.1:\d+ \(DEMO\)\n$/);
  expect(program.texts.stderr).toBe('');
});

it('starts without a record, and makes none', async () => {
  const program = start([], { DATABASE_URL: `file:${join(temporaryFolder(), 'fills.db')}` });
  const address = await program.address;
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await fetch(`${address}/api/orders`)).status).toBe(503);
});

it('says in one line that its port is in use, and exits 1', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const program = start([], { API_PORT: port, LOG_LEVEL: 'silent' });
  expect(await program.ended).toBe(1);
  expect(program.texts.stderr).toMatch(new RegExp(`^Port ${port} is in use[^\n]*\n$`));
});

it('names every bad variable at once, a missing password among them, and exits 1', async () => {
  const program = start([], { API_HOST: '0.0.0.0', API_PORT: 'x', LOG_LEVEL: 'loud' });
  expect(await program.ended).toBe(1);
  for (const name of ['API_PORT', 'LOG_LEVEL', 'DASHBOARD_PASSWORD']) expect(program.texts.stderr).toContain(name);
  expect(program.texts.stdout).toBe('');
});

it('has a --help, and exits 2 for what it does not know', async () => {
  const help = start(['--help']);
  expect(await help.ended).toBe(0);
  expect(help.texts.stdout).toContain('API_PORT');
  expect(await start(['--prot']).ended).toBe(2);
});
