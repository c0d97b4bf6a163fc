import { describe, expect, it } from 'vitest';

import { SchwabError } from './errors.ts';
import { networkFailure, newToken, reply, useMswBroker } from './testing/msw-broker.ts';
import { ALL_ORDERS_URL, CANARIES, listAll, testClient, TOKEN_URL } from './testing/test-client.ts';
import type { TestClient } from './testing/test-client.ts';

const broker = useMswBroker();
const orders = (body = '[]') => reply(200, body, { 'Schwab-Client-CorrelId': 'c-1' });
const BASIC = Buffer.from(`app-key:${CANARIES.appSecret}`).toString('base64');

describe('signing in', () => {
  const callbackUrl = 'https://127.0.0.1:8182/';
  const signIn = ({ client }: TestClient) =>
    client.exchangeCode({ code: 'C0.canary-code%40', callbackUrl }, { lane: 'sign-in' });

  it('trades the code, decoded once, and stores the tokens', async () => {
    const requests = broker.answer('post', TOKEN_URL, newToken('first', ',"refresh_token":"refresh"'));
    const test = testClient();
    test.store.token = null;
    const now = test.clock.now();
    await signIn(test);
    expect(test.store.token).toEqual({
      accessToken: 'first',
      accessTokenExpiresAt: now + 1_800_000,
      refreshToken: 'refresh',
      refreshTokenExpiresAt: now + 7 * 24 * 60 * 60_000,
      signedInAt: now,
    });
    const [request] = requests;
    expect(await request?.text()).toBe(
      'grant_type=authorization_code&code=C0.canary-code%40&redirect_uri=https%3A%2F%2F127.0.0.1%3A8182%2F',
    );
    expect(request?.headers.get('authorization')).toBe(`Basic ${BASIC}`);
  });

  it.each([networkFailure, reply(500), reply(400, '{"error":"invalid_grant"}')])(
    'spends a code once only',
    async (trouble) => {
      const requests = broker.answer('post', TOKEN_URL, trouble);
      await expect(signIn(testClient())).rejects.toBeInstanceOf(SchwabError);
      expect(requests).toHaveLength(1);
    },
  );

  it('refuses a sign-in without a refresh token', async () => {
    broker.answer('post', TOKEN_URL, newToken('first'));
    await expect(signIn(testClient())).rejects.toMatchObject({ kind: 'shape', path: 'refresh_token' });
  });

  it('keeps the seven days counted from the sign-in, and stores another refresh token when one comes', async () => {
    const requests = broker.answer('post', TOKEN_URL, newToken('second', ',"refresh_token":"another"'));
    broker.answer('get', ALL_ORDERS_URL, orders());
    const test = testClient();
    const before = test.store.token;
    test.clock.pass(29 * 60_000 + 1);
    await listAll(test);
    expect(test.store.token).toMatchObject({
      accessToken: 'second',
      refreshToken: 'another',
      signedInAt: before?.signedInAt,
      refreshTokenExpiresAt: before?.refreshTokenExpiresAt,
    });
    expect(await requests[0]?.text()).toBe(`grant_type=refresh_token&refresh_token=${CANARIES.refreshToken}`);
  });

  it('repeats a refresh whose answer was lost, or that the edge denied in HTML', async () => {
    const denied = reply(400, '<html>Access Denied: invalid_grant</html>');
    const requests = broker.answer('post', TOKEN_URL, networkFailure, denied, newToken('second'));
    broker.answer('get', ALL_ORDERS_URL, orders());
    const test = testClient();
    test.clock.pass(3_600_000);
    await listAll(test);
    expect(requests).toHaveLength(3);
    expect(test.attempts.map(({ lane, attempt }) => `${lane} ${attempt}`)).toEqual([
      'sign-in 1',
      'sign-in 2',
      'sign-in 3',
      'rest 1',
    ]);
  });

  it('does not multiply the retries of a refresh by those of the read that needs it', async () => {
    const requests = broker.answer('post', TOKEN_URL, reply(503));
    const test = testClient();
    test.clock.pass(3_600_000);
    await expect(listAll(test)).rejects.toMatchObject({ kind: 'server', operation: 'refresh-token' });
    expect(requests).toHaveLength(4);
  });

  it('asks for a sign-in when Schwab says twice that the refresh token is dead', async () => {
    const body =
      '{"error":"unsupported_token_type","error_description":"400 Bad Request: \\"{\\"error\\":\\"invalid_grant\\"}\\""}';
    const requests = broker.answer('post', TOKEN_URL, reply(400, body));
    const test = testClient();
    test.clock.pass(3_600_000);
    await expect(listAll(test)).rejects.toMatchObject({ kind: 'sign-in-needed', status: 400 });
    await expect(listAll(test)).rejects.toMatchObject({ kind: 'sign-in-needed' });
    expect(requests).toHaveLength(2);
  });
});
