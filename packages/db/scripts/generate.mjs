// Generates the Prisma client without a download. `prisma generate` insists on having a schema-engine binary,
// fetches it from a host that is not the package registry, and then never runs it. Naming any executable that
// exists satisfies the check: https://www.prisma.io/docs/orm/reference/environment-variables-reference
import { spawnSync } from 'node:child_process';

const run = spawnSync('prisma', ['generate'], {
  stdio: ['ignore', 'pipe', 'pipe'],
  encoding: 'utf8',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
});
if (run.status !== 0) {
  process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}\n`);
  process.exit(run.status ?? 1);
}
