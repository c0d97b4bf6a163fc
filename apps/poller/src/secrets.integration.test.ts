import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FillDatabase, openDatabase } from '@fill-tracker/db';
import { authorizeUrl } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BrokerProxy, startBrokerProxy } from './testing/broker-proxy.ts';
import { askPoller, runCommand, startPollerProcess, type Variables } from './testing/command-line.ts';
import { startReceiver } from './testing/receiver.ts';
import { follow, orderAbout } from './testing/signing-in.ts';
import { columnsOf, expectNone } from './testing/traces-of-secrets.ts';
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

/** A link as the API hands it out. */
async function issueLink(record: FillDatabase, { broker }: Scene): Promise<string> {
  const state = randomBytes(16).toString('hex');
  await record.issueSignInLink({ state, callbackUrl: CALLBACK, issuedAt: Date.now() });
  return authorizeUrl({ baseUrl: broker.url, appKey: APP.key, callbackUrl: CALLBACK, state });
}

function enqueueSignIn(record: FillDatabase, redirect: string): Promise<number> {
  return record.enqueueCommand({
    kind: 'SIGN_IN',
    accountId: null,
    brokerOrderId: null,
    orderId: null,
    payload: { redirect },
    requestedBy: 'test',
    requestedAt: Date.now(),
  });
}

const tokenAnswer = z.object({ access_token: z.string(), refresh_token: z.string(), id_token: z.string() });

/** Everything that nobody else may ever see, as it went over the wire. */
function secretsOf({ broker, world }: Scene): string[] {
  const ofTokens = broker.exchanges
    .filter(({ path, responseBody }) => path.startsWith('/v1/oauth/token') && responseBody.includes('access_token'))
    .flatMap(({ responseBody }) => Object.values(tokenAnswer.parse(JSON.parse(responseBody))));
  const codes = broker.exchanges.flatMap(({ requestBody }) => new URLSearchParams(requestBody).get('code') ?? []);
  const basic = Buffer.from(`${APP.key}:${APP.secret}`).toString('base64');
  return [...new Set([...ofTokens, ...codes, APP.secret, basic, world.simulator.accountNumber])];
}

function recordOf({ directory }: Scene): string {
  return join(directory, 'live.db');
}

/** The bytes of the database, its log and whatever else lies beside it, but for `.env` and the key. */
function filesOf({ directory }: Scene): Readonly<Record<string, string>> {
  const names = readdirSync(directory).filter((name) => name !== '.env');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), 'latin1')]));
}

describe('no key, token, code or account number is ever shown or stored', () => {
  it('nor the addresses of the webhook and the monitor, whose path and query are keys', async (test) => {
    const scene = await liveScene(test);
    const receiver = await startReceiver(test, scene.world.wake);
    receiver.answerWith(500);
    await signIn(test, scene);
    const variables = {
      ALERT_WEBHOOK_URL: receiver.url,
      ALERT_WEBHOOK_SECRET: 'canary-secret-of-the-webhook',
      ALERT_FILLS: 'true',
      DEADMAN_PING_URL: receiver.url,
    };
    const poller = startPollerProcess(test, ['run', ...scene.args], variables, scene.world.wake);
    const isLogged = (text: string): boolean => poller.logs().some(({ msg }) => msg.includes(text));
    scene.world.script({ fills: FILLS });
    await scene.world.until('a refused message', () => isLogged('the webhook did not take a message'));
    await scene.world.until('a refused ping', () => isLogged('the monitor could not be told'));
    receiver.answerWith(204);
    await scene.world.until('a message', () => receiver.messages.length > 0);
    const metrics = await askPoller(poller, '/metrics');
    const alerts = await runCommand(test, ['alerts', '--json', ...scene.args], variables);
    const tried = await runCommand(test, ['alerts', '--test', ...scene.args], variables);
    expect(tried).toMatchObject({ status: 0, stdout: 'The webhook took the test message.\n' });
    const wrong = await runCommand(test, ['alerts', ...scene.args], {
      ...variables,
      ALERT_WEBHOOK_URL: 'http://example.com/canary-path',
      DEADMAN_PING_URL: 'canary-query',
    });
    expect(wrong.status).toBe(1);
    poller.signal('SIGTERM');
    await poller.ended;

    const secrets = ['canary-path', 'canary-query', 'canary-secret-of-the-webhook'];
    expectNone(secrets, {
      stdout: poller.stdout(),
      stderr: poller.stderr(),
      '/metrics': metrics,
      alerts: alerts.stdout + alerts.stderr,
      test: tried.stdout + tried.stderr,
      wrong: wrong.stdout + wrong.stderr,
      ...filesOf(scene),
      ...columnsOf(recordOf(scene)),
    });
    const told = JSON.stringify(receiver.messages);
    expectNone([...secretsOf(scene), 'canary-secret-of-the-webhook'], { messages: told });
  });

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
    expectNone(secrets, { ...filesOf(scene), ...columnsOf(recordOf(scene)) });
  });

  it.concurrent('while everything fails', { timeout: 180_000 }, async (test) => {
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

  it.concurrent(
    'by a poller at work that somebody signs in to, through faults, errors and a token that dies',
    { timeout: 180_000 },
    async (test) => {
      const scene = await liveScene(test);
      const { world, args } = scene;
      const { simulator } = world;
      await signIn(test, scene);
      const identity = { baseUrl: scene.broker.url, mode: 'live' } as const;
      const record = await openDatabase({ file: recordOf(scene), broker: identity, now: Date.now });
      test.onTestFinished(() => record.close());
      const hasty = { POLL_FAST_INTERVAL_SECONDS: '0.25', POLL_REQUESTS_PER_MINUTE: '120' };
      const poller = startPollerProcess(test, ['run', ...args], hasty, world.wake);
      // One that goes on working is looked at often, whatever the market's hours.
      const brokerOrderId = world.script({ quantity: '20', fills: FILLS });
      await world.until('the fill', () => poller.logs().some(({ msg }) => msg === 'order changed'));

      for (const kind of ['malformed-order', 'unauthorized'] as const) {
        const seen = scene.broker.exchanges.length;
        simulator.setFaults([{ kind, path: '/orders' }]);
        await world.until(`a call that met ${kind}`, () => scene.broker.exchanges.length > seen);
      }
      simulator.setFaults([]);
      await orderAbout(world, 'tokens', { expireAccessTokens: true, refuseRefresh: 'invalid_grant' });
      await world.until('the alarm', () => poller.stderr().includes('Schwab wants a new sign-in'));
      await orderAbout(world, 'tokens', { refuseRefresh: null });

      const answers: Record<string, string> = {};
      for (const isRight of [false, true]) {
        const redirect = await follow(await issueLink(record, scene));
        const id = await enqueueSignIn(record, isRight ? redirect : redirect.replace('8182', '8183'));
        await world.until('an answer', async () => (await record.findCommand(id))?.state !== 'QUEUED');
        const command = await record.findCommand(id);
        expect(command).toMatchObject({ state: isRight ? 'DONE' : 'FAILED', payload: null });
        answers[`command ${id}`] = JSON.stringify(command);
      }
      await world.until('the news', () => poller.stderr().includes('somebody signed in'));

      const botFile = join(temporaryDirectory(test), 'bot.json');
      const commands: readonly (readonly string[])[] = [
        ['show', brokerOrderId, '--json'],
        ['status', '--json'],
        ['tokens', 'export', '--for-bot', botFile, '--json'],
        ['tokens', 'import', botFile],
      ];
      for (const command of commands) {
        const { stdout, stderr } = await runCommand(test, [...command, ...args]);
        expect(stdout + stderr, command.join(' ')).not.toBe('');
        answers[command.join(' ')] = stdout + stderr;
      }
      poller.signal('SIGTERM');
      await poller.ended;
      await record.close();

      const secrets = secretsOf(scene);
      // Of two sign-ins at least: access, refresh and id tokens, codes, and what does not change.
      expect(secrets.length).toBeGreaterThanOrEqual(11);
      expectNone(secrets, { ...answers, stdout: poller.stdout(), stderr: poller.stderr() });
      expectNone(secrets, columnsOf(recordOf(scene)));
    },
  );

  it.concurrent('a sign-in whose input ends before anything was pasted says so', async (test) => {
    const scene = await liveScene(test);
    const { status, stderr } = await runCommand(test, ['login', ...scene.args]);
    expect(status).toBe(2);
    expect(stderr).toContain('Copy the whole address');
  });
});
