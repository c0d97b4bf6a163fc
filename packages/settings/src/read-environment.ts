import { join } from 'node:path';
import { EnvironmentError } from './environment-error.ts';
import type { EnvironmentReader } from './environment-reader.ts';
import { WORKSPACE_ROOT } from './workspace-root.ts';

/**
 * Reads a file of variables (variables already set win) and parses the environment.
 *
 * @param envFile null for the workspace's own `.env`, which may be missing
 * @throws {EnvironmentError} naming everything that is wrong.
 */
export function readEnvironment<Environment>(
  reader: EnvironmentReader<Environment>,
  envFile: string | null,
): Environment {
  loadEnvFile(envFile);
  return reader.parse(process.env);
}

function loadEnvFile(named: string | null): void {
  try {
    process.loadEnvFile(named ?? join(WORKSPACE_ROOT, '.env'));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && named === null) return;
    throw new EnvironmentError([`${named ?? '.env'} cannot be read: ${error instanceof Error ? error.message : ''}`]);
  }
}
