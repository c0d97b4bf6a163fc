import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';

import { networkFailure, newToken, reply, useMswBroker } from './testing/msw-broker.ts';
import {
  BASE_URL,
  BUY_TEN,
  CANARIES,
  ORDERS_URL,
  placeTen,
  testClient,
  TOKEN_URL,
  tokenSignedIn,
} from './testing/test-client.ts';

const broker = useMswBroker();
const rest = { lane: 'rest' } as const;
const accountHash = CANARIES.accountHash;

describe('placing an order', () => {
  it('gives the id that the Location names', async () => {
    const requests = broker.answer(
      'post',
      ORDERS_URL,
      reply(201, '', { location: `${ORDERS_URL}/1005639387086`, 'schwab-client-correlid': 'c-2' }),
    );
    await expect(placeTen(testClient())).resolves.toEqual({
      outcome: 'placed',
      orderId: '1005639387086',
      location: `${BASE_URL}/trader/v1/accounts/…278/orders/1005639387086`,
      correlationId: 'c-2',
    });
    expect(requests[0]?.headers.get('content-type')).toBe('application/json');
    expect(await requests[0]?.text()).toContain('"price":22.50,');
  });

  it.each([
    ['a lost connection', networkFailure, { reason: 'network', status: null }],
    ['a 500', reply(500, '{"message":"oops"}'), { reason: 'server', status: 500, message: 'oops' }],
    ['a 503', reply(503), { reason: 'server', status: 503 }],
    ['a 408 of a gateway', reply(408), { reason: 'server', status: 408 }],
    ['a redirect', reply(307, '', { location: ORDERS_URL }), { reason: 'server', status: 307 }],
    ['a 201 without Location', reply(201), { reason: 'no-order-id', status: 201 }],
    ['a 201 with another Location', reply(201, '', { location: ORDERS_URL }), { reason: 'no-order-id', status: 201 }],
  ])('does not know after %s, and sends nothing again', async (_what, answered, facts) => {
    const requests = broker.answer('post', ORDERS_URL, answered);
    await expect(placeTen(testClient())).resolves.toMatchObject({ outcome: 'unknown', orderId: null, ...facts });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [400, '{"message":"No buying power"}', 'No buying power'],
    [403, '<html><title>Access Denied</title></html>', 'page titled "Access Denied"'],
    [404, '', 'Schwab answered 404'],
    [429, '', 'Schwab answered 429'],
  ])('is rejected by a %i, and sends nothing again', async (status, body, message) => {
    const requests = broker.answer('post', ORDERS_URL, reply(status, body, { 'schwab-client-correlid': 'c-3' }));
    await expect(placeTen(testClient())).resolves.toEqual({
      outcome: 'rejected',
      status,
      message,
      correlationId: 'c-3',
    });
    expect(requests).toHaveLength(1);
  });

  it('is rejected by a 401, and has the token replaced for the next call, not for a second try', async () => {
    const requests = broker.answer('post', ORDERS_URL, reply(401));
    broker.answer('post', TOKEN_URL, newToken('second'));
    const test = testClient();
    await expect(placeTen(test)).resolves.toMatchObject({ outcome: 'rejected', status: 401 });
    expect(requests).toHaveLength(1);
    expect(test.store.token?.accessToken).toBe('second');
  });

  it('is still rejected when the token cannot be replaced', async () => {
    broker.answer('post', ORDERS_URL, reply(401));
    broker.answer('post', TOKEN_URL, reply(500));
    await expect(placeTen(testClient())).resolves.toMatchObject({ outcome: 'rejected', status: 401 });
  });

  it('pauses the budget after a 429', async () => {
    broker.answer('post', ORDERS_URL, reply(429, '', { 'retry-after': '9' }));
    const test = testClient();
    await placeTen(test);
    expect(test.client.budget().pausedUntil).toBe(test.clock.now() + 9_000);
  });

  it('throws when nothing was sent', async () => {
    const test = testClient();
    test.store.token = null;
    await expect(placeTen(test)).rejects.toMatchObject({ kind: 'sign-in-needed' });
    test.store.token = tokenSignedIn(test.clock.now());
    const noPrice = { accountHash, order: { ...BUY_TEN, price: '0' } };
    await expect(test.client.placeOrder(noPrice, rest)).rejects.toMatchObject({ kind: 'bad-request' });
    const given = { lane: 'command', signal: AbortSignal.abort(new Error('changed my mind')) } as const;
    await expect(test.client.placeOrder({ accountHash, order: BUY_TEN }, given)).rejects.toThrow('changed my mind');
    expect(test.attempts).toEqual([]);
  });

  it('sends nothing when its caller gave up while the token was looked up', async () => {
    const requests = broker.answer('post', ORDERS_URL, reply(429, '', { 'retry-after': '120' }));
    const abort = new AbortController();
    const test = testClient();
    test.clock.pass(28 * 60_000);
    await placeTen(test);
    vi.spyOn(test.store, 'load')
      .mockResolvedValueOnce(test.store.token)
      .mockImplementationOnce(() => {
        abort.abort(new Error('changed my mind'));
        return Promise.resolve(tokenSignedIn(test.clock.now()));
      });
    const given = { lane: 'command', signal: abort.signal } as const;
    await expect(test.client.placeOrder({ accountHash, order: BUY_TEN }, given)).rejects.toThrow('changed my mind');
    expect(requests).toHaveLength(1);
  });

  it('waits for the answer of an order that is sent, though its caller gave up', async () => {
    const abort = new AbortController();
    broker.server.use(
      http.post(ORDERS_URL, () => {
        abort.abort(new Error('shutting down'));
        return new HttpResponse(null, { status: 201, headers: { location: `${ORDERS_URL}/12` } });
      }),
    );
    const { client } = testClient();
    const placed = client.placeOrder({ accountHash, order: BUY_TEN }, { lane: 'command', signal: abort.signal });
    await expect(placed).resolves.toMatchObject({ outcome: 'placed', orderId: '12' });
  });
});
