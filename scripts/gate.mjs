// The one gate: what `pnpm test` and CI run. Fast checks first, stops at the first that fails, says how long each
// took. Nothing cached from an earlier run counts: types are checked anew and test runs are never replayed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const results = mkdtempSync(join(tmpdir(), 'fill-tracker-gate-'));
const report = (name) => join(results, `${name}.json`);
const vitest = (project, name = project) => [
  'vitest',
  'run',
  '--project',
  project,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report(name)}`,
];
const BUILT = ['web', 'poller', 'api'];
/** Without what they depend on, which was compiled while types were checked. */
const BUILD_ALONE = ['--only', '--force', '--output-logs=errors-only'];
const STAGES = [
  { name: 'generate', command: ['turbo', 'run', 'generate', '--force', '--output-logs=errors-only'] },
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'types', command: ['tsc', '-b', '--force'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'dead code', command: ['knip'] },
  {
    // Dashboard, poller and API, as they are run.
    name: 'programs',
    command: ['turbo', 'run', 'build', ...BUILT.map((name) => `--filter=@fill-tracker/${name}`), ...BUILD_ALONE],
  },
  { name: 'unit', command: vitest('unit*', 'unit'), report: report('unit') },
  { name: 'integration', command: vitest('integration'), report: report('integration') },
  {
    name: 'end to end',
    command: ['apps/e2e/node_modules/.bin/playwright', 'test', '--config=apps/e2e', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('end-to-end') },
    report: report('end-to-end'),
  },
];

/** Stages for a command of their own: they take minutes, and what they try changes rarely. */
const LONG_STAGES = [{ name: 'shipping', command: vitest('shipping'), report: report('shipping') }];
const ALL_STAGES = [...STAGES, ...LONG_STAGES];

const only = process.argv.slice(2).filter((word) => !word.startsWith('-'));
if (process.argv.includes('--help')) {
  console.log(
    `Usage: pnpm test [STAGE...]\nStages: ${STAGES.map(({ name }) => `"${name}"`).join(' ')}. Without any, all of these.\n` +
      `Only when named: ${LONG_STAGES.map(({ name }) => `"${name}"`).join(' ')}, after \`pnpm build\`.`,
  );
  process.exit(0);
}
const unknown = only.filter((name) => !ALL_STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`There is no stage "${unknown[0]}". See pnpm test --help.`);
  process.exit(2);
}

const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
};
const times = [];
const tests = { passed: 0, failed: 0 };
let failed = null;
for (const stage of only.length === 0 ? STAGES : ALL_STAGES.filter(({ name }) => only.includes(name))) {
  console.log(`\n=== ${stage.name}`);
  const start = performance.now();
  const [program, ...args] = stage.command;
  const run = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...env, ...stage.env } });
  times.push(`${stage.name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (run.error) console.error(run.error.message);
  if (stage.report) addTests(stage.report);
  if (run.status !== 0) {
    failed = stage.name;
    break;
  }
}
rmSync(results, { recursive: true, force: true });
console.log(`\n${times.join(' · ')}`);
console.log(failed === null ? 'Everything passed.' : `The gate stopped at: ${failed}`);
console.log(`${tests.passed} passed, ${Math.max(tests.failed, failed === null ? 0 : 1)} failed`);
process.exit(failed === null ? 0 : 1);

function addTests(file) {
  try {
    // The words of vitest, or those of Playwright.
    const { numPassedTests, numFailedTests, stats } = JSON.parse(readFileSync(file, 'utf8'));
    tests.passed += numPassedTests ?? stats.expected;
    tests.failed += numFailedTests ?? stats.unexpected + stats.flaky;
  } catch {
    // The run ended before it could report; its exit status says so.
  }
}
