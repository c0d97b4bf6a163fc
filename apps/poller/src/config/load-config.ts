import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentError, parseEnvironment } from './environment.ts';
import { type PollerConfig, pollerConfig, type PollerSecrets, pollerSecrets } from './poller-config.ts';

/** The folder of the workspace: `.env` and relative paths belong to it, wherever the command is typed. */
const WORKSPACE_ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** Reads `.env` (variables already set win) and turns the environment into configuration. */
export function loadConfig(envFile: string | null): { config: PollerConfig; secrets: PollerSecrets } {
  readEnvFile(envFile);
  const env = parseEnvironment(process.env);
  return { config: pollerConfig(env, WORKSPACE_ROOT), secrets: pollerSecrets(env) };
}

function readEnvFile(named: string | null): void {
  try {
    process.loadEnvFile(named ?? join(WORKSPACE_ROOT, '.env'));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && named === null) return;
    throw new EnvironmentError([`${named ?? '.env'} cannot be read: ${error instanceof Error ? error.message : ''}`]);
  }
}
