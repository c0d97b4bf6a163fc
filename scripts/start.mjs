// The one command: builds, then runs simulator (demo only), poller and API together, and ends them together.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { keepRunning } from './supervisor/keep-running.mjs';
import { whenLauncherIsGone } from './supervisor/launcher.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const POLLER = join(ROOT, 'apps/poller/dist/main.js');
const API = join(ROOT, 'apps/api/dist/main.js');
/** All programs end within 5 s by themselves; what does not is killed, so that the whole ends within 10. */
const KILL_AFTER_MS = 8_000;

if (process.argv.includes('--help')) {
  console.log(
    'Usage: pnpm start\n\nRuns poller and API, with a simulated broker when no Schwab app is configured. Ctrl-C ends it.',
  );
  process.exit(0);
}

const env = environment();
const isDemo = env.DEMO === '1';
const ports = {
  simulator: env.SIMULATOR_PORT || '4010',
  poller: env.POLLER_PORT || '4020',
  api: env.API_PORT || '4000',
};
const tell = (text) => console.log(text);
const programs = [];
const stopping = new AbortController();

const stopWell = () => void stop(0);
process.on('SIGINT', stopWell);
process.on('SIGTERM', stopWell);
whenLauncherIsGone(stopWell);

if (isDemo) tell('DEMO: no Schwab app is configured, so a made-up broker is watched. Nothing here is a real order.');
if (isDemo) {
  mkdirSync(stateFolder(), { recursive: true });
  run('simulator', [POLLER, 'simulate', '--state', join(stateFolder(), 'demo-simulator.json')]);
  await answers(`http://127.0.0.1:${ports.simulator}/simulator/health`);
}
run('poller', [POLLER, 'run']);
// The poller makes the record; before that the API would only complain.
await answers(`http://127.0.0.1:${ports.poller}/healthz`, ({ state }) => state !== 'starting');
run('API', [API]);
await answers(`http://127.0.0.1:${ports.api}/readyz`);
tell(`Dashboard: http://127.0.0.1:${ports.api}`);
tell(
  isDemo
    ? 'To watch your own account, see "Your own account" in README.md. Ctrl-C ends everything.'
    : 'Ctrl-C ends everything.',
);

/** The made-up broker remembers its orders beside the record of them. */
function stateFolder() {
  const file = (env.DATABASE_URL || 'file:./data/demo.db').slice('file:'.length);
  return dirname(resolve(ROOT, file));
}

/** What is set wins over .env; without any credentials this is the demo. Half a set is the poller's to refuse. */
function environment() {
  if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'));
  const isConfigured = Boolean(process.env.SCHWAB_APP_KEY || process.env.SCHWAB_APP_SECRET);
  const demo = process.env.DEMO || (isConfigured ? '' : '1');
  return { LOG_LEVEL: 'warn', ...process.env, DEMO: demo };
}

function run(name, args) {
  const program = keepRunning({ name, args, env, tell });
  programs.push(program);
  void program.refused.then(stop);
}

async function answers(address, isReady = () => true) {
  while (!stopping.signal.aborted) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && isReady(await answer.json().catch(() => ({})))) return;
    await wait(200);
  }
}

async function stop(status) {
  if (stopping.signal.aborted) return;
  stopping.abort();
  for (const program of programs) program.stop('SIGTERM');
  const timer = setTimeout(() => programs.forEach((program) => program.stop('SIGKILL')), KILL_AFTER_MS);
  await Promise.all(programs.map((program) => program.ended));
  clearTimeout(timer);
  process.exit(status);
}
