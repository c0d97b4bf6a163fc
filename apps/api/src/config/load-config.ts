import { join } from 'node:path';
import { type ApiConfig, apiConfig, type ApiSecrets, apiSecrets } from './api-config.ts';
import { EnvironmentError, parseEnvironment } from './environment.ts';

/** The folder of the workspace: `.env` and relative paths belong to it, wherever the command is typed. */
const WORKSPACE_ROOT = join(import.meta.dirname, '../../../..');

/**
 * Reads `.env` (variables already set win) and turns the environment into configuration.
 *
 * @throws {EnvironmentError} naming everything that is wrong.
 */
export function loadConfig(envFile: string | null): { config: ApiConfig; secrets: ApiSecrets } {
  readEnvFile(envFile);
  const env = parseEnvironment(process.env);
  return { config: apiConfig(env, WORKSPACE_ROOT), secrets: apiSecrets(env) };
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
