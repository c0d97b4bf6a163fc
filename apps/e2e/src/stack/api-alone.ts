import { freePorts } from './free-ports.ts';
import { type Program, program } from './program.ts';
import { expectBuilt, PROGRAMS } from './workspace.ts';

/**
 * The API with the dashboard on a record that is there, and nothing else: no poller, no broker.
 *
 * @param isDemo whether the record is the demo's or one of the live broker
 */
export async function apiAlone(
  databaseFile: string,
  { isDemo = true }: { readonly isDemo?: boolean } = {},
): Promise<{ readonly url: string; readonly program: Program }> {
  expectBuilt();
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const api = program({
    name: 'the API',
    args: [PROGRAMS.api, '--env', '/dev/null'],
    environment: {
      DEMO: isDemo ? '1' : '0',
      DATABASE_URL: `file:${databaseFile}`,
      API_PORT: String(port),
      LOG_LEVEL: 'warn',
    },
    isReady: async () => (await fetch(`${url}/readyz`)).ok,
  });
  await api.start();
  return { url, program: api };
}
