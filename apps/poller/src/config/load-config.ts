import { readEnvironment, WORKSPACE_ROOT } from '@fill-tracker/settings';
import { POLLER_ENVIRONMENT } from './environment.ts';
import { type PollerConfig, pollerConfig, type PollerSecrets, pollerSecrets } from './poller-config.ts';

/** Reads `.env` (variables already set win) and turns the environment into configuration. */
export function loadConfig(envFile: string | null): { config: PollerConfig; secrets: PollerSecrets } {
  const env = readEnvironment(POLLER_ENVIRONMENT, envFile);
  return { config: pollerConfig(env, WORKSPACE_ROOT), secrets: pollerSecrets(env) };
}
