// `pnpm rehearse-image`: what the Dockerfile does, where there is no Docker. Its instructions are read from it and
// carried out in an empty folder, on the very files that Docker would be given; then the result is run as a user of no
// rights, who can write to nothing but the record's folder. The base images, and what Docker itself does with the
// instructions, are all that this does not try.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { copyContext } from './shipping/build-context.mjs';
import { readDockerfile } from './shipping/read-dockerfile.mjs';
import { dataFolder, startShipped } from './shipping/run-shipped.mjs';
import { ROOT } from './supervisor/surroundings.mjs';

const DEMO_SECONDS = '20';

if (process.argv.includes('--help')) {
  console.log('Usage: pnpm rehearse-image\n\nCarries out the Dockerfile without Docker, and runs what comes of it.');
  process.exit(0);
}

const machine = mkdtempSync(join(tmpdir(), 'fill-tracker-image-'));
chmodSync(machine, 0o755);
const data = dataFolder();
try {
  const context = join(machine, 'context');
  copyContext(ROOT, context);
  build(context);
  await tryOut(join(machine, 'shipped'));
  console.log('Rehearsed: the image would run.');
} finally {
  for (const folder of [machine, data]) rmSync(folder, { recursive: true, force: true });
}

/** The instructions of the build stage, with every absolute path taken into the rehearsal's folder. */
function build(context) {
  const within = (path) => (path.startsWith('/') ? join(machine, path) : path);
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  let cwd = machine;
  for (const { word, rest, stage } of readDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'))) {
    if (stage !== 'build') continue;
    console.log(`${word} ${rest}`);
    if (word === 'ENV') Object.assign(env, Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split('='))));
    else if (word === 'WORKDIR') mkdirSync((cwd = within(rest)), { recursive: true });
    else if (word === 'COPY') copy(rest.split(/\s+/), context, cwd);
    else if (word === 'RUN') run(rest.replaceAll(/(?<=\s)\/\S+/g, within), cwd, env);
    else if (word !== 'FROM') throw new Error(`${word} is not rehearsed`);
  }
}

function copy(words, context, cwd) {
  for (const source of words.slice(0, -1)) {
    const from = join(context, source);
    const to = source === '.' ? cwd : join(cwd, words.at(-1), basename(source));
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

function run(command, cwd, env) {
  const { status } = spawnSync('sh', ['-c', command], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
}

async function tryOut(app) {
  const poller = 'apps/poller/dist/main.js';
  const variables = { DEMO: '1', DATABASE_URL: `file:${join(data, 'demo.db')}`, POLLER_PORT: '0' };
  for (const args of [['--help'], ['demo', '--seconds', DEMO_SECONDS], ['orders'], ['backup']]) {
    console.log(`poller ${args.join(' ')}`);
    const { status, stdout, stderr } = await startShipped(app, poller, args, variables).ended;
    if (status !== 0) throw new Error(`poller ${args.join(' ')} ended with ${status}:\n${stderr}`);
    console.log(stdout.split('\n').slice(0, 8).join('\n'));
  }
  if (existsSync(join(app, 'data'))) throw new Error('Something was written beside the programs');
}
