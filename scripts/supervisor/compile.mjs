import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './surroundings.mjs';

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/** Compiles what changed; what is wrong goes to the terminal. Resolves with whether all was well. */
export function compile(projects) {
  const child = spawn(process.execPath, [TSC, '-b', ...projects], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}
