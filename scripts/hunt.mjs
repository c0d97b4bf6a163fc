// The property tests of the core, each tried far more often than in the gate: `pnpm hunt [RUNS]`.
import { spawnSync } from 'node:child_process';

const runs = process.argv.slice(2).find((word) => !word.startsWith('-')) ?? '100000';
if (process.argv.includes('--help')) {
  console.log('Usage: pnpm hunt [RUNS]\n\nTries each property of the core this often (100000), instead of 1000 times.');
  process.exit(0);
}
if (!/^[1-9]\d{0,8}$/.test(runs)) {
  console.error(`"${runs}" is no number of runs. See pnpm hunt --help.`);
  process.exit(2);
}
const { status } = spawnSync('vitest', ['run', '--project', 'unit', 'packages/domain/src'], {
  stdio: 'inherit',
  env: { ...process.env, FC_RUNS: runs },
});
process.exit(status ?? 1);
