// `pnpm ship FOLDER`: the programs as they run for good, in a folder of their own. What is built, what it depends on,
// and nothing that is only needed to build or to test. Dockerfile and systemd units run this folder.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { copyShipped, PROGRAMS, SHIPPED } from './shipping/copy-shipped.mjs';
import { removeUnneeded } from './shipping/remove-unneeded.mjs';
import { ROOT } from './supervisor/surroundings.mjs';

const USAGE = `Usage: pnpm ship FOLDER

Builds, and puts the programs with what they need to run into FOLDER, which must be empty or not there. Then
  node FOLDER/apps/poller/dist/main.js run     is the poller, with every other command of it
  node FOLDER/apps/api/dist/main.js            is the API with the dashboard
Settings are read from FOLDER/.env, from a file named with --env, or from the environment. Nothing is ever written to
FOLDER when DATABASE_URL names a file elsewhere.`;

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}
if (words.length !== 1) {
  console.error(USAGE);
  process.exit(2);
}
const folder = resolve(words[0]);
if (existsSync(folder) && readdirSync(folder).length > 0) {
  console.error(`${folder} is not empty. Name another folder, or move what is in it away.`);
  process.exit(1);
}

mkdirSync(folder, { recursive: true });
copyShipped(folder);
installWhatRuns(folder);
removeUnneeded(folder, SHIPPED);
console.log(`Shipped to ${folder}`);

/** Only what the programs depend on at run time, at the very versions of the lockfile; SQLite's driver is compiled if need be. */
function installWhatRuns(cwd) {
  const { packageManager } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8'));
  const filters = PROGRAMS.flatMap((program) => ['--filter', `{./${program}}...`]);
  const options = ['--prod', '--frozen-lockfile', '--prefer-offline', '--config.package-import-method=copy'];
  const command = ['-y', packageManager, ...filters, 'install', ...options];
  const run = spawnSync('npx', command, { cwd, stdio: ['ignore', 2, 2] });
  if (run.status === 0) return;
  console.error(`The dependencies could not be installed${run.error === undefined ? '' : `: ${run.error.message}`}.`);
  process.exit(1);
}
