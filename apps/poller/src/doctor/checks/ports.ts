import { connect } from 'node:net';
import { z } from 'zod';
import { type Check, ok, problem, type Verdict } from '../verdict.ts';

const ANSWER_WITHIN_MS = 3_000;

const POLLER_HEALTH = z.looseObject({ state: z.string(), cycles: z.number() });
const API_HEALTH = z.looseObject({ status: z.literal('alive') });

/** Free, or with our own poller behind it. Only asked, never taken: a poller that starts just then must get it. */
export const pollerPort: Check = {
  name: 'poller-port',
  title: 'Poller port',
  run: ({ config }) => judge(config.pollerPort, { variable: 'POLLER_PORT', what: 'the poller', health: POLLER_HEALTH }),
};

export const apiPort: Check = {
  name: 'api-port',
  title: 'API port',
  run: ({ config }) => judge(config.apiPort, { variable: 'API_PORT', what: 'the API', health: API_HEALTH }),
};

interface PortUse {
  readonly variable: string;
  readonly what: string;
  /** What our own program says on `/healthz`. */
  readonly health: z.ZodType;
}

async function judge(port: number, { variable, what, health }: PortUse): Promise<Verdict> {
  if (port === 0) return ok('any free port');
  if (!(await isTaken(port))) return ok(`port ${port} is free`);
  if (health.safeParse(await healthOf(port)).success) return ok(`${what} answers on port ${port}`);
  return problem(
    `port ${port} is taken by another program`,
    `End that program (\`ss -ltnp 'sport = :${port}'\` names it), or choose another ${variable}.`,
  );
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: ANSWER_WITHIN_MS });
    const answer = (taken: boolean) => () => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false));
  });
}

async function healthOf(port: number): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return JSON.parse(await (await fetch(`http://127.0.0.1:${port}/healthz`, { signal })).text()) as unknown;
  } catch {
    return null;
  }
}
