/** Signing in from the dashboard: a link out, and the address that it led to in. */
import { randomBytes } from 'node:crypto';
import { commandReport, pollerHealth, problem, signInStatus } from '@fill-tracker/contract';
import { createTokenCipher } from '@fill-tracker/db';
import { orderOf } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import type { ApiConfig } from './config/api-config.ts';
import { buildTestApi, type TestApi } from './testing/api.ts';
import { NOW, openTestRecord, type TestRecord } from './testing/record.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const CALLBACK = 'https://127.0.0.1:8182/';
const APP_KEY = 'an-app-key-of-a-test';
const REDIRECT = `${CALLBACK}?code=C0.canary-code%40&session=canary-session&state=canary-state`;
const LIVE = {
  isDemo: false,
  callbackUrl: CALLBACK,
  broker: { baseUrl: 'https://broker.example', mode: 'live' },
} as const;

type Opened = TestRecord & TestApi & { readonly clock: { now: number } };

async function open(signedInFor?: number, config: Partial<ApiConfig> = LIVE): Promise<Opened> {
  const record = await openTestRecord();
  await record.report([orderOf()]);
  if (signedInFor !== undefined) {
    await record.db.tokenStore(createTokenCipher(randomBytes(32))).save({
      accessToken: 'canary-access',
      accessTokenExpiresAt: NOW,
      refreshToken: 'canary-refresh',
      refreshTokenExpiresAt: NOW + signedInFor,
      signedInAt: NOW - HOUR,
    });
  }
  const clock = { now: NOW };
  const api = await buildTestApi({ record: record.db, config, appKey: APP_KEY, clock: { now: () => clock.now } });
  return { ...record, ...api, clock };
}

const status = async ({ app }: TestApi) => signInStatus.strict().parse((await app.inject('/api/sign-in')).json());

it('offers a link whose state the record remembers, and the same one while it is young', async () => {
  const api = await open();
  const first = await status(api);
  expect(first).toMatchObject({
    signIn: null,
    workingOrders: 1,
    linkExpiresAt: new Date(NOW + 15 * MINUTE).toISOString(),
    explanation: expect.stringContaining('30 seconds'),
  });
  const link = new URL(first.link ?? '');
  expect(`${link.origin}${link.pathname}`).toBe('https://broker.example/v1/oauth/authorize');
  expect(Object.fromEntries(link.searchParams)).toEqual({
    client_id: APP_KEY,
    redirect_uri: CALLBACK,
    response_type: 'code',
    state: expect.stringMatching(/^[\w-]{32}$/),
  });
  const [remembered] = await api.db.listSignInLinks(NOW);
  expect(remembered).toEqual({ state: link.searchParams.get('state'), callbackUrl: CALLBACK, issuedAt: NOW });

  api.clock.now += 5 * MINUTE;
  expect((await status(api)).link).toBe(first.link);
  api.clock.now += 1;
  expect((await status(api)).link).not.toBe(first.link);
  expect(await api.db.listSignInLinks(api.clock.now)).toHaveLength(2);
});

it.each([
  [72 * HOUR, null],
  [47 * HOUR + 59 * MINUTE, 'ends in 47 hours. Sign in again before: 1 working order would go untracked.'],
  [90_000, 'ends in 1 minute.'],
  [0, 'has ended. Sign in again: 1 working order goes untracked.'],
])('with %i ms left it warns: %j', async (left, warning) => {
  const api = await open(left);
  const expected = {
    signedInAt: new Date(NOW - HOUR).toISOString(),
    expiresAt: new Date(NOW + left).toISOString(),
    warning: warning === null ? null : expect.stringContaining(warning),
  };
  expect((await status(api)).signIn).toEqual(expected);
  const health = pollerHealth.strict().parse((await api.app.inject('/api/poller')).json());
  expect(health.signIn).toEqual(expected);
});

it('offers no link, and says why, without an app and in the demo', async () => {
  const demo = await open(HOUR, { isDemo: true });
  expect(await status(demo)).toMatchObject({ link: null, signIn: { warning: null }, explanation: expect.any(String) });
  const bare = await open(undefined, { ...LIVE, callbackUrl: null });
  expect(await status(bare)).toMatchObject({ link: null, explanation: expect.stringContaining('SCHWAB_CALLBACK_URL') });
  expect(await bare.db.listSignInLinks(NOW)).toEqual([]);
});

it('hands the address to the poller, and shows it nowhere', async () => {
  const api = await open();
  await api.beat();
  const answer = await api.app.inject({ method: 'POST', url: '/api/sign-in', payload: { redirect: REDIRECT } });
  expect(answer.statusCode).toBe(202);
  const { commandId } = commandReport.strict().parse(answer.json());
  expect(await api.db.loadQueuedCommands()).toMatchObject([{ kind: 'SIGN_IN', payload: { redirect: REDIRECT } }]);
  const command = await api.app.inject(`/api/commands/${commandId}`);
  expect(command.json()).toMatchObject({ kind: 'SIGN_IN', state: 'QUEUED' });
  const text = [answer.body, JSON.stringify(answer.headers), command.body, api.logged()].join('\n');
  expect(text).not.toContain('canary');
  await api.answer({ id: commandId, state: 'DONE', outcome: { signedIn: true } });
  expect((await api.db.findCommand(commandId))?.payload).toBeNull();
});

it.each([
  {},
  { redirect: '' },
  { redirect: 7 },
  { redirect: REDIRECT.repeat(100) },
  { redirect: REDIRECT, state: 'x' },
])('refuses %j without repeating it', async (payload) => {
  const api = await open();
  const answer = await api.app.inject({ method: 'POST', url: '/api/sign-in', payload });
  expect(answer.statusCode).toBe(400);
  expect(problem.strict().safeParse(answer.json()).success).toBe(true);
  expect(`${answer.body} ${api.logged()}`).not.toContain('canary');
  expect(await api.db.loadQueuedCommands()).toEqual([]);
});
