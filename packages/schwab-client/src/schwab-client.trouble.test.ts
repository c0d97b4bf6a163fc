import { http } from 'msw';
import { describe, expect, it, vi } from 'vitest';

import { networkFailure, newToken, reply, useMswBroker } from './testing/msw-broker.ts';
import type { Reply } from './testing/msw-broker.ts';
import { ALL_ORDERS_URL, listAll, ORDERS_URL, placeTen, testClient, TOKEN_URL } from './testing/test-client.ts';

const broker = useMswBroker();
const orders = (body = '[]') => reply(200, body, { 'Schwab-Client-CorrelId': 'c-1' });

describe('reading through trouble', () => {
  it.each([
    ['a lost connection', networkFailure],
    ['a 500', reply(500, '<html>Whitelabel</html>')],
    ['a 503', reply(503)],
    ['a 429', reply(429)],
    ['a redirect of the edge', reply(302, '', { location: 'https://elsewhere.test' })],
    ['a list that HTTP calls whole and that breaks off', reply(200, ' [{"orderId": 7, "legs": []}, {"orderId": 8}')],
    ['an object that breaks off', reply(200, '{"orderId": 7, "legs": [1]\n')],
  ])('tries again after %s', async (_what, trouble) => {
    const requests = broker.answer('get', ALL_ORDERS_URL, trouble, orders());
    await expect(listAll(testClient())).resolves.toMatchObject({ orders: [] });
    expect(requests).toHaveLength(2);
  });

  it('gives up after three retries', async () => {
    const requests = broker.answer('get', ALL_ORDERS_URL, reply(502));
    const test = testClient();
    await expect(listAll(test)).rejects.toMatchObject({ kind: 'server', status: 502 });
    expect(requests).toHaveLength(4);
    expect(test.client.budget().usedLastMinute).toBe(4);
    expect(test.attempts.map(({ attempt, outcome }) => `${attempt} ${outcome}`)).toEqual([
      '1 server',
      '2 server',
      '3 server',
      '4 server',
    ]);
  });

  it('says what broke off, and where', async () => {
    const requests = broker.answer('get', ALL_ORDERS_URL, orders('[{"orderId": 7'));
    await expect(listAll(testClient())).rejects.toMatchObject({
      kind: 'network',
      status: 200,
      correlationId: 'c-1',
      message: 'list-orders: the answer broke off after 14 characters',
    });
    expect(requests).toHaveLength(4);
  });

  it.each([
    ['JSON of another shape', '[1]'],
    ['an object where a list is due', '{"message": "[see elsewhere"}'],
    ['JSON that is wrong inside', '[{"orderId": 7,,}]'],
    ['a page', '<html>Scheduled maintenance</html>'],
    ['nothing', ''],
  ])('does not ask again after %s: it would come again', async (_what, body) => {
    const requests = broker.answer('get', ALL_ORDERS_URL, orders(body));
    await listAll(testClient()).catch((error: unknown) => expect(error).toMatchObject({ kind: 'shape' }));
    expect(requests).toHaveLength(1);
  });

  it.each([
    [400, 'bad-request', '{"message":"Invalid account number"}', 'Invalid account number'],
    [403, 'forbidden', '<html><title>Access Denied</title></html>', 'page titled "Access Denied"'],
    [404, 'not-found', '{"message":"Order not found"}', 'Order not found'],
    [418, 'bad-request', '', null],
  ])('takes a %i for an answer', async (status, kind, body, detail) => {
    const requests = broker.answer('get', ALL_ORDERS_URL, reply(status, body, { 'schwab-client-correlid': 'c-9' }));
    await expect(listAll(testClient())).rejects.toMatchObject({ kind, status, detail, correlationId: 'c-9' });
    expect(requests).toHaveLength(1);
  });

  it('waits as long as a 429 asks, and so does every other call', async () => {
    broker.answer('get', ALL_ORDERS_URL, reply(429, '', { 'Retry-After': '20' }), orders());
    const test = testClient();
    const begun = test.clock.now();
    await listAll(test);
    expect(test.clock.now() - begun).toBeGreaterThanOrEqual(20_000);
    expect(test.client.budget().pausedUntil).toBeNull();
  });

  it('says for how long a 429 holds everything back', async () => {
    broker.answer(
      'get',
      ALL_ORDERS_URL,
      reply(429, '', { 'Retry-After': 'Mon, 05 Jan 2026 15:01:00 GMT', Date: 'Mon, 05 Jan 2026 15:00:30 GMT' }),
    );
    const abort = new AbortController();
    const test = testClient({ onAttempt: () => abort.abort(new Error('stop here')) });
    await expect(listAll(test, abort.signal)).rejects.toThrow('stop here');
    expect(test.client.budget().pausedUntil).toBe(test.clock.now() + 30_000);
  });

  it('starts with a small pause again once Schwab answers', async () => {
    broker.answer('get', ALL_ORDERS_URL, reply(429), orders(), reply(429), orders());
    const pauses: unknown[] = [];
    const test = testClient({
      onAttempt: ({ outcome }) => {
        const until = test.client.budget().pausedUntil;
        if (outcome === 'rate-limited') pauses.push(until === null ? null : until - test.clock.now());
      },
    });
    await listAll(test);
    await listAll(test);
    expect(pauses).toEqual([2_000, 2_000]);
  });

  it('refreshes a token that died in the queue', async () => {
    const lists = broker.answer('get', ALL_ORDERS_URL, orders());
    broker.answer('post', ORDERS_URL, reply(429, '', { 'retry-after': '120' }));
    broker.answer('post', TOKEN_URL, newToken('second'));
    const test = testClient();
    test.clock.pass(28 * 60_000);
    await placeTen(test);
    await listAll(test);
    expect(lists[0]?.headers.get('authorization')).toBe('Bearer second');
  });

  it('refreshes once after a 401 and asks again', async () => {
    const lists = broker.answer('get', ALL_ORDERS_URL, reply(401), orders());
    const refreshes = broker.answer('post', TOKEN_URL, newToken('second'));
    const { store, ...test } = testClient();
    await listAll({ ...test, store });
    expect(lists[1]?.headers.get('authorization')).toBe('Bearer second');
    expect(refreshes).toHaveLength(1);
    expect(store.token?.accessToken).toBe('second');
  });

  it('calls it unauthorized when the new token is refused too', async () => {
    const lists = broker.answer(
      'get',
      ALL_ORDERS_URL,
      reply(401, '{"errors":[{"title":"Unauthorized","detail":"Client not authorized"}]}'),
    );
    const refreshes = broker.answer('post', TOKEN_URL, newToken('second'));
    await expect(listAll(testClient())).rejects.toMatchObject({
      kind: 'unauthorized',
      detail: 'Unauthorized: Client not authorized',
    });
    expect([lists.length, refreshes.length]).toEqual([2, 1]);
  });

  it('refreshes once for many calls that meet a 401 together', async () => {
    const replies: readonly [Reply, ...Reply[]] = [reply(401), reply(401), reply(401), reply(401), orders()];
    broker.answer('get', ALL_ORDERS_URL, ...replies);
    const refreshes = broker.answer('post', TOKEN_URL, newToken('second'));
    const test = testClient();
    await Promise.all([listAll(test), listAll(test), listAll(test), listAll(test)]);
    expect(refreshes).toHaveLength(1);
  });

  it('ends when its caller gives up, on the wire', async () => {
    const abort = new AbortController();
    broker.server.use(
      http.get(ALL_ORDERS_URL, () => {
        abort.abort(new Error('no longer wanted'));
        return new Promise<never>(() => {});
      }),
    );
    const test = testClient();
    await expect(listAll(test, abort.signal)).rejects.toThrow('no longer wanted');
    expect(test.attempts).toMatchObject([{ outcome: 'aborted', status: null }]);
  });

  it('tells of each attempt', async () => {
    broker.answer('get', ALL_ORDERS_URL, networkFailure, reply(200, '[]', { date: 'Mon, 05 Jan 2026 15:00:07 GMT' }));
    const test = testClient();
    const startedAt = test.clock.now();
    await listAll(test);
    expect(test.attempts).toEqual([
      {
        operation: 'list-orders',
        lane: 'rest',
        attempt: 1,
        status: null,
        outcome: 'network',
        durationMs: 0,
        startedAt,
        serverDate: null,
      },
      {
        operation: 'list-orders',
        lane: 'rest',
        attempt: 2,
        status: 200,
        outcome: 'ok',
        durationMs: 0,
        startedAt: startedAt + 375,
        serverDate: Date.UTC(2026, 0, 5, 15, 0, 7),
      },
    ]);
  });

  it('is not disturbed by an observer that throws', async () => {
    broker.answer('get', ALL_ORDERS_URL, orders());
    const onAttempt = vi.fn<() => void>(() => {
      throw new Error('the metric broke');
    });
    await expect(listAll(testClient({ onAttempt }))).resolves.toMatchObject({ orders: [] });
    expect(onAttempt).toHaveBeenCalledOnce();
  });
});
