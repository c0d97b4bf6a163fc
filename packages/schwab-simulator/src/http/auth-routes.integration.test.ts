import { describe, expect, it } from 'vitest';
import { DEMO_CREDENTIALS } from '../index.ts';
import { BASIC, control, requestToken, signIn, startForTest } from '../testing/client.ts';

const CALLBACK = 'https://127.0.0.1:8182/callback';
const REFRESH = { grant_type: 'refresh_token', refresh_token: DEMO_CREDENTIALS.refreshToken };
const ACCOUNTS = '/trader/v1/accounts/accountNumbers';

describe('the token endpoint', () => {
  it('answers a refresh in Schwab’s shape, with the same refresh token', async () => {
    const answer = await requestToken(await startForTest(), REFRESH);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      expires_in: 1_800,
      token_type: 'Bearer',
      scope: 'api',
      refresh_token: DEMO_CREDENTIALS.refreshToken,
      access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      id_token: expect.any(String),
    });
  });

  it('hides the cause of a dead refresh token in the description', async () => {
    const answer = await requestToken(await startForTest(), { ...REFRESH, refresh_token: 'dead' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: 'unsupported_token_type',
      error_description: expect.stringMatching(/^400 Bad Request: "\{.*refresh_token_authentication_error"\}"$/),
    });
  });

  it.each([
    [
      'refresh_token_authentication_error',
      400,
      /^\{"error":"unsupported_token_type".*refresh_token_authentication_error/,
    ],
    ['invalid_grant', 400, /^\{"error":"unsupported_token_type".*\\"error\\":\\"invalid_grant\\"/],
    ['plain_invalid_grant', 400, /^\{"error":"invalid_grant"/],
    ['unsupported_token_type', 400, /^\{"error":"unsupported_token_type","error_description":"400 Bad Request"\}$/],
    ['unauthorized', 401, /^\{"error":"unsupported_token_type".*401 Unauthorized.*refresh_token_authentication_error/],
    ['access_denied_page', 403, /^<HTML>.*Access Denied/],
  ])('refuses a refresh as %s, once, when told to', async (refuseRefresh, status, body) => {
    const simulator = await startForTest();
    const told = await control(simulator, '/tokens', { refuseRefresh, refuseTimes: 1 });
    expect(await told.json()).toMatchObject({ refuseRefresh, refuseTimes: 1 });
    const answer = await requestToken(simulator, REFRESH);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(body);
    expect((await requestToken(simulator, REFRESH)).status).toBe(200);
    const state = await fetch(`${simulator.url}/simulator/tokens`);
    expect(await state.json()).toMatchObject({ refuseRefresh: null, refreshes: 2, refusedRefreshes: 1 });
    expect(simulator.requests().map(({ grantType }) => grantType)).toEqual(['refresh_token', 'refresh_token']);
  });

  it.each([
    ['another secret', REFRESH, `Basic ${Buffer.from(`${DEMO_CREDENTIALS.appKey}:wrong`).toString('base64')}`, 401],
    ['no credentials', REFRESH, '', 401],
    ['another grant type', { grant_type: 'password' }, BASIC, 400],
  ])('refuses %s', async (_what, form, authorization, status) => {
    expect((await requestToken(await startForTest(), form, authorization)).status).toBe(status);
  });
});

describe('the login through the browser', () => {
  it('comes straight back with a code that can be exchanged once', async () => {
    const simulator = await startForTest();
    const query = new URLSearchParams({ client_id: DEMO_CREDENTIALS.appKey, redirect_uri: CALLBACK, state: 'a b' });
    const answer = await fetch(`${simulator.url}/v1/oauth/authorize?${query.toString()}`, { redirect: 'manual' });
    const location = answer.headers.get('location') ?? '';
    expect(answer.status).toBe(302);
    expect(location).toMatch(/^https:\/\/127\.0\.0\.1:8182\/callback\?code=C0\.[0-9a-f]+%40&session=.+&state=a\+b$/);

    const code = new URL(location).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
    const first = await requestToken(simulator, form);
    expect(first.status).toBe(200);
    const { refresh_token: refreshToken } = JSON.parse(await first.text());
    expect((await requestToken(simulator, { ...REFRESH, refresh_token: refreshToken })).status).toBe(200);

    const again = await requestToken(simulator, form);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain('invalid_grant');
  });

  it.each([
    ['an unknown app', { client_id: 'other', redirect_uri: CALLBACK }, 401],
    ['no callback', { client_id: DEMO_CREDENTIALS.appKey }, 400],
  ])('refuses %s', async (_what, query, status) => {
    const { url } = await startForTest();
    const answer = await fetch(`${url}/v1/oauth/authorize?${new URLSearchParams(query).toString()}`, {
      redirect: 'manual',
    });
    expect(answer.status).toBe(status);
  });

  it('refuses a callback that the app is not registered with, to the letter', async () => {
    const simulator = await startForTest();
    await control(simulator, '/tokens', { callbackUrls: [CALLBACK] });
    const askWith = async (callback: string): Promise<Response> => {
      const query = new URLSearchParams({ client_id: DEMO_CREDENTIALS.appKey, redirect_uri: callback });
      return fetch(`${simulator.url}/v1/oauth/authorize?${query.toString()}`, { redirect: 'manual' });
    };
    expect((await askWith(CALLBACK)).status).toBe(302);
    const refused = await askWith(`${CALLBACK}/`);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('redirect_uri');
  });
});

describe('the bearer token', () => {
  it('opens the account numbers', async () => {
    const simulator = await startForTest({ accounts: 2 });
    const answer = await (await signIn(simulator))(ACCOUNTS);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual([
      { accountNumber: '12345678', hashValue: simulator.accountHash },
      { accountNumber: '23456789', hashValue: expect.stringMatching(/^[0-9A-F]{64}$/) },
    ]);
  });

  it('is needed, and refused in Schwab’s shape when missing or made up', async () => {
    const { url } = await startForTest();
    for (const headers of [undefined, { authorization: 'Bearer made-up' }]) {
      const answer = await fetch(`${url}${ACCOUNTS}`, headers === undefined ? {} : { headers });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({
        errors: [{ id: expect.any(String), status: 401, title: 'Unauthorized', detail: 'Client not authorized' }],
      });
    }
  });

  it('can be ended at once, and lives as long as told', async () => {
    const simulator = await startForTest();
    const call = await signIn(simulator);
    await control(simulator, '/tokens', { expireAccessTokens: true, accessTokenSeconds: 60 });
    expect((await call(ACCOUNTS)).status).toBe(401);
    expect(await (await requestToken(simulator, REFRESH)).json()).toMatchObject({ expires_in: 60 });
    expect((await (await signIn(simulator))(ACCOUNTS)).status).toBe(200);
  });

  it('dies with the broker’s clock', async () => {
    const simulator = await startForTest({ accessTokenSeconds: 60 });
    const call = await signIn(simulator);
    await control(simulator, '/clock', { advanceMs: 59_000, frozen: true });
    expect((await call(ACCOUNTS)).status).toBe(200);
    await control(simulator, '/clock', { advanceMs: 2_000 });
    expect((await call(ACCOUNTS)).status).toBe(401);
  });
});
