// For work on the sources: as `start`, but each program starts again when its code changed, and the dashboard comes
// from Vite, which puts a change into the open page.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { compile } from './supervisor/compile.mjs';
import { foldersOf, stateOfFiles } from './supervisor/program-code.mjs';
import { runTogether } from './supervisor/run-together.mjs';
import { runTracker } from './supervisor/run-tracker.mjs';
import { readSurroundings, ROOT } from './supervisor/surroundings.mjs';

const APPS = ['apps/poller', 'apps/api'];
const SOURCES = [...new Set(APPS.flatMap(foldersOf))].map((folder) => `${folder}/src`);
/** What is finished in `dist` is not made anew with each change: it takes longer, and the terminal shows places in it. */
const COMPILED = 'compiled';
const VITE = join(ROOT, 'apps/web/node_modules/vite/bin/vite.js');
/** Looking costs a few ms. Notices of the file system would cost less, but get lost on mounted folders. */
const LOOK_EVERY_MS = 500;

const { values: options } = parseArgs({ options: { help: { type: 'boolean' }, port: { type: 'string' } } });
if (options.help) {
  console.log(
    'Usage: pnpm dev [--port 5173]\n\nRuns everything from the sources, with reload. --port is where the dashboard answers.\n' +
      'A change of the database schema, of dependencies or of .env needs a new start. Ctrl-C ends it.',
  );
  process.exit(0);
}

const tell = (text) => console.log(text);
const surroundings = readSurroundings();
const together = runTogether({ env: surroundings.env, tell });
const { stopping } = together;
const sourcesNow = () => stateOfFiles(SOURCES, '.ts');
const codeOf = (app) =>
  stateOfFiles(
    foldersOf(app).map((folder) => `${folder}/${APPS.includes(folder) ? COMPILED : 'dist'}`),
    '.js',
  );

let compiled = sourcesNow();
while (!(await compile(APPS)) && !stopping.aborted) await sourcesChange();

const programs = (await runTracker(surroundings, together, COMPILED)).map((each) => ({
  ...each,
  code: codeOf(each.app),
}));
const dashboard = `http://127.0.0.1:${options.port ?? '5173'}`;
if (!stopping.aborted) {
  together.run('dashboard', [VITE, join(ROOT, 'apps/web'), '--port', new URL(dashboard).port]);
  await together.answers(dashboard);
}
if (!stopping.aborted) tell(`Dashboard: ${dashboard}${surroundings.isDemo ? ' (DEMO)' : ''}. Ctrl-C ends everything.`);

while (!stopping.aborted) {
  await sourcesChange();
  if (await compile(APPS)) restartWhatChanged();
  else tell('Nothing was restarted: correct what is said above.');
}

async function sourcesChange() {
  while (sourcesNow() === compiled && !stopping.aborted) await wait(LOOK_EVERY_MS);
  compiled = sourcesNow();
}

function restartWhatChanged() {
  for (const each of programs) {
    const code = codeOf(each.app);
    if (code === each.code) continue;
    each.code = code;
    tell(`${each.name}: starting again with the new code`);
    each.program.restart();
  }
}
