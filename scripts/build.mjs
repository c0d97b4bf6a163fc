// Builds what changed. turbo keeps the order of packages and skips what is up to date; its own words go to
// stderr, so that the standard output of a command that builds first holds that command's answer alone.
// `--generate` makes only the sources that are generated.
import { spawnSync } from 'node:child_process';

const quiet = process.argv.includes('--quiet');
const task = process.argv.includes('--generate') ? 'generate' : 'build';
const args = ['run', task, `--output-logs=${quiet ? 'errors-only' : 'new-only'}`, '--no-update-notifier'];
const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  npm_config_verify_deps_before_run: 'false',
};
const run = spawnSync('turbo', args, {
  stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
  encoding: 'utf8',
  env,
});
if (run.status !== 0) {
  process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}`);
  process.stderr.write(`The build failed${run.error === undefined ? '' : `: ${run.error.message}`}.\n`);
  process.exit(1);
}
