import { afterEach, expect, it, vi } from 'vitest';
import { runCommandLine } from './program.ts';

const COMMANDS = [
  'run',
  'login',
  'tokens',
  'status',
  'alerts',
  'doctor',
  'orders',
  'show',
  'track',
  'repoll',
  'resolve',
  'orphans',
  'inspect',
  'backup',
  'restore',
  'simulate',
  'demo',
  'demo-order',
];

afterEach(() => vi.restoreAllMocks());

/** What a command line prints on standard output, and its exit status. */
async function printed(...args: readonly string[]): Promise<{ readonly status: number; readonly stdout: string }> {
  let stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  const status = await runCommandLine(['node', 'poller', ...args]);
  return { status, stdout };
}

it('names every command', async () => {
  const { status, stdout } = await printed('--help');
  expect(status).toBe(0);
  for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
});

it.each(COMMANDS)('%s --help', async (name) => {
  const { status, stdout } = await printed(name, '--help');
  expect(status).toBe(0);
  expect(stdout).toContain(`Usage: poller ${name}`);
});
