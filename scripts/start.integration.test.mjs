// `pnpm start` as a user meets it: real programs, real ports, a real record.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const START = fileURLToPath(new URL('./start.mjs', import.meta.url));

it('runs the demo, says where the dashboard is, restarts what dies, and leaves nothing running', async () => {
  const { env, ports } = await surroundings();
  const start = launch(process.execPath, [START], env);
  await start.says('Dashboard: ');
  expect(start.output()).toContain('DEMO');

  const api = `http://127.0.0.1:${ports.API_PORT}`;
  const completed = await eventually(async () => {
    const { items } = await json(`${api}/api/orders?status=completed`);
    return items.length > 1 ? items : null;
  });
  const { orders: truth } = await json(`http://127.0.0.1:${ports.SIMULATOR_PORT}/simulator/truth`);
  for (const { brokerOrderId, averagePrice, filledQuantity } of completed) {
    expect(truth.find((order) => order.brokerOrderId === brokerOrderId)).toMatchObject({
      averagePrice,
      filledQuantity,
    });
  }

  const { leaseHolder } = await json(`${api}/api/poller`);
  process.kill(Number(leaseHolder.split(':')[1]), 'SIGKILL');
  await start.says('poller ended (SIGKILL)');
  await eventually(async () => {
    const health = await json(`${api}/api/poller`);
    return health.state === 'running' && health.leaseHolder !== leaseHolder ? health : null;
  });

  start.kill('SIGTERM');
  expect(await start.ended).toBe(0);
  for (const port of Object.values(ports)) await expectFree(port);
});

it('ends when the shell that launched it is gone', async () => {
  const { env, ports } = await surroundings();
  const shell = launch('sh', ['-c', `"${process.execPath}" "${START}"; :`], env);
  await shell.says('Dashboard: ');
  shell.kill('SIGTERM');
  await shell.ended;
  await eventually(async () => {
    const free = await Promise.all(Object.values(ports).map(isFree));
    return free.every(Boolean) || null;
  });
  expect(await isFree(ports.SIMULATOR_PORT)).toBe(true);
});

async function surroundings() {
  const folder = mkdtempSync(join(tmpdir(), 'fill-tracker-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const ports = { API_PORT: await freePort(), POLLER_PORT: await freePort(), SIMULATOR_PORT: await freePort() };
  const { SCHWAB_APP_KEY: _key, SCHWAB_APP_SECRET: _secret, ...rest } = process.env;
  return { ports, env: { ...rest, ...ports, DEMO: '1', DATABASE_URL: `file:${join(folder, 'demo.db')}` } };
}

function launch(program, args, env) {
  let output = '';
  const waiting = new Set();
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    for (const look of waiting) look();
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return {
    ended,
    output: () => output,
    kill: (signal) => child.kill(signal),
    says: (words) =>
      new Promise((resolve) => {
        const look = () => {
          if (!output.includes(words)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

async function eventually(look) {
  for (;;) {
    const seen = await look().catch(() => null);
    if (seen !== null) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
}

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(Number(port), '127.0.0.1', () => server.close(() => resolve(server)));
  });
}

async function isFree(port) {
  return listen(port).then(
    () => true,
    () => false,
  );
}

async function expectFree(port) {
  expect(await isFree(port), `port ${port} is free`).toBe(true);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });
}
