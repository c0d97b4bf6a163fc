import { readEnvironment, WORKSPACE_ROOT } from '@fill-tracker/settings';
import { type ApiConfig, apiConfig, type ApiSecrets, apiSecrets } from './api-config.ts';
import { API_ENVIRONMENT } from './environment.ts';

/** Reads `.env` (variables already set win) and turns the environment into configuration. */
export function loadConfig(envFile: string | null): { config: ApiConfig; secrets: ApiSecrets } {
  const env = readEnvironment(API_ENVIRONMENT, envFile);
  return { config: apiConfig(env, WORKSPACE_ROOT), secrets: apiSecrets(env) };
}
