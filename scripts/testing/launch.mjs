// For tests of whole commands: real programs on real ports.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Free ports, and a record in a folder of its own. */
export async function ownSurroundings() {
  const folder = mkdtempSync(join(tmpdir(), 'fill-tracker-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const ports = { API_PORT: await freePort(), POLLER_PORT: await freePort(), SIMULATOR_PORT: await freePort() };
  const { SCHWAB_APP_KEY: _key, SCHWAB_APP_SECRET: _secret, ...rest } = process.env;
  return { ports, env: { ...rest, ...ports, DEMO: '1', DATABASE_URL: `file:${join(folder, 'demo.db')}` } };
}

/** Starts a program that is told to end with the test; `says` resolves once its output holds the words. */
export function launch(program, args, env) {
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

/** Looks until there is something to see. */
export async function eventually(look) {
  for (;;) {
    const seen = await look().catch(() => null);
    if (seen !== null) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export async function json(address) {
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

export async function isFree(port) {
  return listen(port).then(
    () => true,
    () => false,
  );
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });
}
