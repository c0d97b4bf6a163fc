// What the programs are given: their environment, where each answers, where the made-up broker keeps its orders.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** What is set wins over .env; without any credentials this is the demo. Half a set is the poller's to refuse. */
export function readSurroundings() {
  if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'));
  const isConfigured = Boolean(process.env.SCHWAB_APP_KEY || process.env.SCHWAB_APP_SECRET);
  const LOG_LEVEL = process.env.LOG_LEVEL || 'warn';
  const env = { ...process.env, LOG_LEVEL, DEMO: process.env.DEMO || (isConfigured ? '' : '1') };
  return {
    env,
    isConfigured,
    isDemo: isOn(env.DEMO),
    addresses: {
      simulator: `http://127.0.0.1:${env.SIMULATOR_PORT || '4010'}`,
      poller: `http://127.0.0.1:${env.POLLER_PORT || '4020'}`,
      api: `http://${reachable(env.API_HOST || '127.0.0.1')}:${env.API_PORT || '4000'}`,
    },
    // Beside the record of them.
    stateFolder: dirname(resolve(ROOT, (env.DATABASE_URL || 'file:./data/demo.db').slice('file:'.length))),
  };
}

/** As the programs read it (packages/settings), which may not be compiled yet when this is asked. */
export function isOn(text) {
  return /^(1|true|yes|on|y|enabled)$/i.test(text);
}

/** A wildcard is no address that can be called. */
function reachable(host) {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
