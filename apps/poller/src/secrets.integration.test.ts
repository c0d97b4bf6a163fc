import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BrokerProxy, startBrokerProxy } from './testing/broker-proxy.ts';
import { askPoller, runCommand, startPollerProcess, type Variables } from './testing/command-line.ts';
import { createWorld, type OwningTest, temporaryDirectory, type World } from './testing/world.ts';

const APP = { key: 'demo-app-key', secret: 'demo-app-secret' };
const CALLBACK = 'https://127.0.0.1:8182/callback';
const FILLS = [{ afterMs: 0, quantity: '10', price: '22.7299' }];

interface Scene {
  readonly world: World;
  readonly broker: BrokerProxy;
  readonly directory: string;
  readonly args: readonly string[];
  readonly variables: Variables;
}

/** A live set-up: an app of its own, a sign-in, a record, and a broker whose every word is seen. */
async function liveScene(test: OwningTest, appSecret = APP.secret): Promise<Scene> {
  const world = await createWorld(test);
  const broker = await startBrokerProxy(test, world.simulator.url, { onRequest: world.wake });
  const directory = temporaryDirectory(test);
  const envFile = join(directory, '.env');
  const variables = {
    SCHWAB_APP_KEY: APP.key,
    SCHWAB_APP_SECRET: appSecret,
    SCHWAB_CALLBACK_URL: CALLBACK,
    SCHWAB_BASE_URL: broker.url,
    DATABASE_URL: `file:${join(directory, 'live.db')}`,
    POLLER_PORT: '0',
    LOG_LEVEL: 'trace',
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  writeFileSync(envFile, lines.join('\n'));
  return { world, broker, directory, args: ['--env', envFile], variables: {} };
}

/** Follows the link and pastes where it leads, as a person does. Gives all that was printed. */
async function signIn(test: OwningTest, scene: Scene): Promise<{ status: number | null; printed: string }> {
  const login = startPollerProcess(test, ['login', ...scene.args], scene.variables, scene.world.wake);
  await scene.world.until('the link', () => login.stdout().includes('\n'));
  const answer = await fetch(login.stdout().trim(), { redirect: 'manual' });
  login.child.stdin?.end(`${answer.headers.get('location')}\n`);
  const status = await login.ended;
  return { status, printed: login.stderr() };
}

const tokenAnswer = z.object({ access_token: z.string(), refresh_token: z.string() });

/** Everything that nobody else may ever see, as it went over the wire. */
function secretsOf({ broker, world }: Scene): string[] {
  const ofTokens = broker.exchanges
    .filter(({ path, responseBody }) => path.startsWith('/v1/oauth/token') && responseBody.includes('access_token'))
    .flatMap(({ responseBody }) => Object.values(tokenAnswer.parse(JSON.parse(responseBody))));
  const codes = broker.exchanges.flatMap(({ requestBody }) => new URLSearchParams(requestBody).get('code') ?? []);
  const basic = Buffer.from(`${APP.key}:${APP.secret}`).toString('base64');
  return [...new Set([...ofTokens, ...codes, APP.secret, basic, world.simulator.accountNumber])];
}

/** The bytes of the database, its log and whatever else lies beside it, but for `.env` and the key. */
function filesOf({ directory }: Scene): Readonly<Record<string, string>> {
  const names = readdirSync(directory).filter((name) => name !== '.env');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), 'latin1')]));
}

function expectNone(secrets: readonly string[], places: Readonly<Record<string, string>>): void {
  for (const [place, text] of Object.entries(places)) {
    for (const secret of secrets)
      expect(text.includes(secret), `${secret.slice(0, 6)}... stands in ${place}`).toBe(false);
  }
}

describe('no key, token, code or account number is ever shown or stored', () => {
  it.concurrent('from the sign-in to a recorded fill', async (test) => {
    const scene = await liveScene(test);
    const { status, printed } = await signIn(test, scene);
    expect(status).toBe(0);
    const brokerOrderId = scene.world.script({ fills: FILLS });
    const poller = startPollerProcess(test, ['run', ...scene.args], scene.variables, scene.world.wake);
    await scene.world.until('the fill', () => poller.logs().some(({ msg }) => msg === 'order changed'));
    const [healthz, metrics] = [await askPoller(poller, '/healthz'), await askPoller(poller, '/metrics')];
    const shown = await runCommand(test, ['show', brokerOrderId, '--json', ...scene.args]);
    const told = await runCommand(test, ['status', '--json', ...scene.args]);
    const whileRunning = filesOf(scene);
    poller.signal('SIGTERM');
    await poller.ended;

    const secrets = secretsOf(scene);
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    expect(shown.stdout).toContain('22.7299');
    expectNone(secrets, {
      'what login printed': printed,
      stdout: poller.stdout(),
      stderr: poller.stderr(),
      '/healthz': healthz,
      '/metrics': metrics,
      show: shown.stdout + shown.stderr,
      status: told.stdout + told.stderr,
    });
    expect(Object.keys(whileRunning)).toContain('live.db-wal');
    expectNone(secrets, whileRunning);
    expectNone(secrets, filesOf(scene));
  });

  it.concurrent('while everything fails', async (test) => {
    const scene = await liveScene(test);
    await signIn(test, scene);
    const { simulator } = scene.world;
    scene.world.script({ fills: FILLS });
    const printed: Record<string, string> = {};
    for (const kind of ['unauthorized', 'html-error', 'cut-json', 'malformed-order'] as const) {
      simulator.setFaults([{ kind }]);
      const { stdout, stderr } = await runCommand(test, ['run', '--once', ...scene.args]);
      printed[kind] = stdout + stderr;
    }
    expectNone(secretsOf(scene), { ...printed, ...filesOf(scene) });
  });

  it.concurrent('when the app secret is refused, and when the pasted address is of another sign-in', async (test) => {
    const refused = 'canary-secret-that-is-wrong';
    const scene = await liveScene(test, refused);
    const { status, printed } = await signIn(test, scene);
    expect(status).toBe(1);
    const basic = Buffer.from(`${APP.key}:${refused}`).toString('base64');
    const codes = scene.broker.exchanges.flatMap(
      ({ requestBody }) => new URLSearchParams(requestBody).get('code') ?? [],
    );
    expect(codes).toHaveLength(1);
    const foreign = `${CALLBACK}?code=C0.canary-code%40&state=another`;
    const other = await runCommand(test, ['login', ...scene.args], {}, `${foreign}\n`);
    expect(other.status).toBe(2);
    const secrets = [refused, basic, ...codes, 'canary-code'];
    expectNone(secrets, { 'the first': printed, 'the second': other.stderr, ...filesOf(scene) });
  });

  it.concurrent('a sign-in whose input ends before anything was pasted says so', async (test) => {
    const scene = await liveScene(test);
    const { status, stderr } = await runCommand(test, ['login', ...scene.args]);
    expect(status).toBe(2);
    expect(stderr).toContain('whole address');
  });
});
