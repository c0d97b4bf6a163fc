// Takes pictures of every page and state of the dashboard; see --help.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const HELP = `Usage: pnpm pictures [--out DIR] [--only WORD] [--docs]

Starts what it needs on the demo's made-up broker and takes pictures of every page and state of the dashboard, light
and dark, 1440 and 390 px wide.

  --out DIR    where to put them (pictures)
  --only WORD  only those with this word in their name
  --docs       instead of all these, the two that README.md shows, into docs/images`;

if (process.argv.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
run(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--quiet']);
run('tsc', ['-b', join(ROOT, 'apps/e2e')]);
run(process.execPath, [join(ROOT, 'apps/e2e/dist/src/pictures/main.js'), ...process.argv.slice(2)]);

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}
