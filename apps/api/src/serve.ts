import type { FastifyBaseLogger } from 'fastify';
import { buildApp } from './build-app.ts';
import { systemClock } from './clock.ts';
import type { ApiConfig, ApiSecrets } from './config/api-config.ts';
import { isDashboardBuilt } from './plugins/serve-dashboard.ts';
import { keepRecordOpen } from './record/keep-record-open.ts';
import { tellOthers } from './tell-others.ts';

/** Answers under way get this long; then their connections are cut, so that the whole stop takes less than 5 s. */
const FINISH_WITHIN_MS = 3_000;

export interface ServeParts {
  readonly config: ApiConfig;
  readonly secrets: ApiSecrets;
  readonly log: FastifyBaseLogger;
  /** Aborts when it is time to stop. */
  readonly stop: AbortSignal;
  /** Called once, when it listens; with the line that tells people where. */
  readonly onReady: (line: string) => void;
}

/**
 * Serves until told to stop.
 *
 * @throws with code EADDRINUSE when the port is taken.
 */
export async function serve({ config, secrets, log, stop, onReady }: ServeParts): Promise<void> {
  const clock = systemClock;
  const keeper = await keepRecordOpen({ file: config.databaseFile, broker: config.broker, clock, log });
  try {
    const app = await buildApp({ config, secrets, log, clock, record: keeper.record });
    await app.listen({
      host: config.host,
      port: config.port,
      listenTextResolver: (address) => `listening at ${address}`,
    });
    const what = isDashboardBuilt(config.dashboardFolder) ? 'Dashboard' : 'API';
    const telling = tellOthers({ config, secrets, clock, log, record: keeper.record }, stop);
    onReady(`${what}: ${addressOf(config.host, app.server.address())}${config.isDemo ? ' (DEMO)' : ''}`);
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    const cut = setTimeout(() => app.server.closeAllConnections(), FINISH_WITHIN_MS);
    await app.close();
    clearTimeout(cut);
    await telling;
  } finally {
    await keeper.close();
  }
}

/** What a person can open: a wildcard is no address. */
function addressOf(host: string, address: { port: number } | string | null): string {
  const port = typeof address === 'object' && address !== null ? address.port : '';
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
