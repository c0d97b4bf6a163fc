// Trials of endurance: each runs in a process of its own, after a build of what changed.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PROGRAM = join(ROOT, 'apps/poller/compiled/endurance/main.js');
const HELP = `Usage: pnpm endure TRIAL [options] [--json]

Proves that the poller can be left alone. Exit status 1 when something did not hold.

  week                            a simulated week of trading at the usual pace (some minutes)
  takeover [--rounds 20] [--seed 1]   two pollers on one record; the one at work is killed or stopped (6 min)
  outages [--minutes 10]          the broker refuses connections, answers 500, 429, 401, all four at once (12 min)
  soak [--minutes 30] [--orders 500]  a load that never lets up: heap, event-loop lag, CPU (33 min)

  --json   one JSON value on stdout; progress goes to stderr`;

const args = process.argv.slice(2);
if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
  console.log(HELP);
  process.exit(args.length === 0 ? 2 : 0);
}
console.error('Building what changed…');
run([join(ROOT, 'scripts/build.mjs'), '--quiet'], 2);
run([PROGRAM, ...args], 'inherit');

/** The first failure ends the run, with its exit status. */
function run(program, stdout) {
  const { status, error } = spawnSync(process.execPath, program, { stdio: ['ignore', stdout, 'inherit'] });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}
