// Measures. One place knows every benchmark; each runs in a process of its own, after a build of what changed.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const POLLER = 'apps/poller/compiled/bench/main.js';
const E2E = 'apps/e2e/dist/src/bench/main.js';
const BENCHES = {
  detection: { program: POLLER, says: "from the broker's fill to the record, beside asking order by order (3 min)" },
  latency: { program: POLLER, says: 'the same for 10, 200 and 1,000 orders, young and long resting (12 min)' },
  commit: { program: POLLER, says: 'one transaction that records a fill each for 1,000 orders' },
  dashboard: { program: E2E, says: 'first paint, filters, scrolling and script size with 10,000 orders, in Chromium' },
  api: { program: E2E, says: 'GET /api/orders with 500 pending orders, with the poller at work and stopped' },
};
const NAMES = Object.keys(BENCHES);
const HELP = `Usage: pnpm bench [NAME...] [--orders N] [--json]

Measures. The numbers depend on the machine and on what else runs on it; compare them within one run.
Limits are told, not enforced.

${NAMES.map((name) => `  ${name.padEnd(10)} ${BENCHES[name].says}`).join('\n')}

Without a name, all of them one after another.

  --orders N  how many orders, in place of each benchmark's own number
  --json      one JSON value on stdout`;

const { chosen, orders, isJson } = commandLine();
console.error('Building what changed…');
run(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--quiet'], 2);
if (chosen.some((name) => BENCHES[name].program === E2E)) run('tsc', ['-b', join(ROOT, 'apps/e2e')], 2);

const results = {};
for (const name of chosen) {
  const args = [join(ROOT, BENCHES[name].program), name, ...(orders ? ['--orders', orders] : [])];
  if (isJson) Object.assign(results, JSON.parse(run(process.execPath, [...args, '--json'], 'pipe')));
  else run(process.execPath, args, 'inherit');
}
if (isJson) console.log(JSON.stringify(results));

function commandLine() {
  const options = { orders: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };
  const { positionals, values } = parsed({ allowPositionals: true, options });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const unknown = positionals.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) refuse(`There is no bench "${unknown}". There are: ${NAMES.join(', ')}.`);
  if (values.orders !== undefined && !/^[1-9]\d{0,5}$/.test(values.orders)) {
    refuse(`--orders must be a whole number from 1 to 999999, not "${values.orders}".`);
  }
  return {
    chosen: positionals.length > 0 ? [...new Set(positionals)] : NAMES,
    orders: values.orders,
    isJson: values.json === true,
  };
}

function parsed(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse(error.message);
  }
}

function refuse(message) {
  console.error(`${message} See pnpm bench --help.`);
  process.exit(2);
}

/** @returns what it printed, when piped. The first failure ends the run. */
function run(program, args, stdout) {
  const {
    status,
    error,
    stdout: printed,
  } = spawnSync(program, args, {
    stdio: ['ignore', stdout, 'inherit'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(1);
  return printed;
}
