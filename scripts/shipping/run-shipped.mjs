// Runs a shipped folder the way it runs for good: with nothing of this shell's, and, where that can be, as a user who
// owns nothing of it.
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `nobody`, who may read the shipped folder and write to nothing of it. Only root can become somebody else. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A folder that this user may write to, for the record. */
export function dataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'fill-tracker-data-'));
  if (NOBODY.uid !== undefined) chownSync(folder, NOBODY.uid, NOBODY.gid);
  chmodSync(folder, 0o700);
  return folder;
}

/** Starts `node <script> ...` of the shipped folder; gives what it printed and how it ended. */
export function startShipped(folder, script, args, variables) {
  const child = spawn(process.execPath, [join(folder, script), ...args], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', NODE_ENV: 'production', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...NOBODY,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}
