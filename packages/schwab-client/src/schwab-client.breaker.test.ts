import { http } from 'msw';
import { describe, expect, it } from 'vitest';

import { SchwabError } from './errors.ts';
import { networkFailure, newToken, reply, useMswBroker } from './testing/msw-broker.ts';
import type { Reply } from './testing/msw-broker.ts';
import {
  ALL_ORDERS_URL,
  BASE_URL,
  CANARIES,
  listAll,
  ORDERS_URL,
  placeTen,
  testClient,
  TOKEN_URL,
} from './testing/test-client.ts';
import type { TestClient } from './testing/test-client.ts';

const broker = useMswBroker();
const accountHash = CANARIES.accountHash;

/** A client whose retries wait as little as they may. */
const impatient = () => testClient({ random: () => 0 });

/** One whose list of orders has just been given up twice. */
async function brokenList(trouble: Reply = reply(503)): Promise<TestClient> {
  broker.answer('get', ALL_ORDERS_URL, trouble);
  const test = impatient();
  await listAll(test).catch(() => undefined);
  await listAll(test).catch(() => undefined);
  return test;
}

const getOrder = ({ client }: TestClient, lane: 'fresh' | 'command' = 'fresh') =>
  client.getOrder({ accountHash, orderId: '12' }, { lane });

describe('the circuit breaker', () => {
  it.each([
    ['5xx', reply(500)],
    ['lost connections', networkFailure],
    ['redirects of the edge', reply(302, '', { location: 'https://elsewhere.test' })],
  ])('stops asking after %s, and says when it will again', async (_what, trouble) => {
    const test = await brokenList(trouble);
    const broken = test.client.openCircuits();
    const retryAt = broken[0]?.retryAt ?? 0;
    expect(retryAt).toBeGreaterThan(test.clock.now());
    expect(broken).toEqual([{ operation: 'list-orders', retryAt }]);
    expect(test.attempts).toHaveLength(8);
    await expect(listAll(test)).rejects.toMatchObject({
      kind: 'breaker-open',
      operation: 'list-orders',
      status: null,
      retryAfterMs: retryAt - test.clock.now(),
      message: `list-orders: not sent, since Schwab did not answer the last calls; the next may leave at ${new Date(retryAt).toISOString()}`,
    });
    expect(test.attempts).toHaveLength(8);
    expect(test.client.budget().usedLastMinute).toBe(8);
  });

  it('leaves a call that has begun its retries, and tells of the outage in it', async () => {
    broker.answer('get', ALL_ORDERS_URL, reply(503, '{"message":"down for maintenance"}'));
    const test = impatient();
    for (const attempts of [4, 8]) {
      await expect(listAll(test)).rejects.toMatchObject({ kind: 'server', detail: 'down for maintenance' });
      expect(test.attempts).toHaveLength(attempts);
    }
  });

  it.each([
    ['400', reply(400)],
    ['401', reply(401)],
    ['403', reply(403)],
    ['404', reply(404)],
    ['429', reply(429)],
    ['a body that is no order', reply(200, '<html>maintenance</html>')],
  ])('does not take %s for an outage', async (_what, answer) => {
    broker.answer('get', `${ORDERS_URL}/12`, answer);
    broker.answer('post', TOKEN_URL, newToken('second'));
    const test = impatient();
    for (let calls = 0; calls < 6; calls += 1)
      await expect(getOrder(test)).rejects.not.toMatchObject({ kind: 'breaker-open' });
    expect(test.client.openCircuits()).toEqual([]);
  });

  it('lets other operations pass: what one endpoint fails, another may know', async () => {
    const test = await brokenList();
    broker.answer('get', `${ORDERS_URL}/12`, reply(200, '{"orderId":12,"status":"FILLED"}'));
    await expect(getOrder(test)).resolves.toMatchObject({ report: { order: { status: 'FILLED' } } });
  });

  it('lets a command pass, which finds that Schwab is back', async () => {
    broker.answer('get', `${ORDERS_URL}/12`, reply(503));
    const test = impatient();
    await expect(getOrder(test)).rejects.toMatchObject({ kind: 'server' });
    await expect(getOrder(test)).rejects.toMatchObject({ kind: 'server' });
    await expect(getOrder(test)).rejects.toMatchObject({ kind: 'breaker-open' });
    broker.answer('get', `${ORDERS_URL}/12`, reply(200, '{"orderId":12,"status":"FILLED"}'));
    await expect(getOrder(test, 'command')).resolves.toBeDefined();
    await expect(getOrder(test)).resolves.toBeDefined();
  });

  it('never holds an order back that a person gave', async () => {
    const orders = broker.answer('post', ORDERS_URL, reply(503));
    const test = impatient();
    for (let calls = 1; calls <= 7; calls += 1) {
      await expect(placeTen(test)).resolves.toMatchObject({ outcome: 'unknown', reason: 'server' });
      expect(orders).toHaveLength(calls);
    }
  });

  it('never keeps a token from being refreshed, without which nothing could probe', async () => {
    const refreshes = broker.answer(
      'post',
      TOKEN_URL,
      reply(503),
      reply(503),
      reply(503),
      reply(503),
      reply(503),
      newToken('second'),
    );
    broker.answer('get', ALL_ORDERS_URL, reply(200, '[]'));
    const test = impatient();
    test.clock.pass(3_600_000);
    await expect(listAll(test)).rejects.toMatchObject({ kind: 'server', operation: 'refresh-token' });
    await expect(listAll(test)).resolves.toMatchObject({ orders: [] });
    expect(refreshes).toHaveLength(6);
  });

  it('sends one probe of many calls, and takes another when its caller gives up', async () => {
    const test = await brokenList();
    test.clock.pass(5_000);
    const abort = new AbortController();
    let probes = 0;
    const probed = new Promise<void>((arrived) => {
      broker.server.use(
        http.get(ALL_ORDERS_URL, () => {
          probes += 1;
          arrived();
          return new Promise<never>(() => {});
        }),
      );
    });
    const probe = listAll(test, abort.signal);
    await probed;
    expect(test.client.openCircuits()).toEqual([{ operation: 'list-orders', retryAt: null }]);
    await expect(listAll(test)).rejects.toMatchObject({ kind: 'breaker-open' });
    abort.abort(new Error('no longer wanted'));
    await expect(probe).rejects.toThrow('no longer wanted');
    expect(probes).toBe(1);
    broker.answer('get', ALL_ORDERS_URL, reply(200, '[]'));
    await expect(listAll(test)).resolves.toMatchObject({ orders: [] });
  });

  it('never refuses a caller with a backoff of its own, so that it finds the end of an outage no later', async () => {
    const list = broker.answer('get', ALL_ORDERS_URL, reply(503));
    const test = impatient();
    // What a loop waits at least after one, two, ... failed cycles: half of a doubling second.
    for (const [failures, waitMs] of [0, 500, 1_000, 2_000, 4_000, 8_000, 16_000].entries()) {
      test.clock.pass(waitMs);
      await expect(listAll(test)).rejects.toMatchObject({ kind: 'server' });
      expect(list).toHaveLength(4 * (failures + 1));
    }
  });

  it('keeps a sweep over many orders from asking for each of them in vain', async () => {
    const asked = broker.answer('get', `${ORDERS_URL}/:orderId`, reply(503));
    const test = impatient();
    const kinds: unknown[] = [];
    for (let orderId = 1; orderId <= 10; orderId += 1) {
      await test.client
        .getOrder({ accountHash, orderId: String(orderId) }, { lane: 'rest' })
        .catch((error: unknown) => {
          kinds.push(error instanceof SchwabError ? error.kind : error);
        });
    }
    expect(kinds).toEqual(['server', 'server', ...Array.from({ length: 8 }, () => 'breaker-open')]);
    expect(asked).toHaveLength(8);
  });

  it('has a circuit for market data of its own', async () => {
    broker.answer('get', `${BASE_URL}/marketdata/v1/pricehistory`, reply(500));
    broker.answer('get', `${BASE_URL}/marketdata/v1/markets`, reply(200, '{"equity":{"equity":{"isOpen":false}}}'));
    const test = impatient();
    const query = { symbol: 'GME', startDate: 0, endDate: 1, frequency: 1 } as const;
    for (const kind of ['server', 'server', 'breaker-open']) {
      await expect(test.client.getPriceHistory(query, { lane: 'rest' })).rejects.toMatchObject({ kind });
    }
    await expect(
      test.client.getMarketHours({ market: 'equity', date: '2026-01-04' }, { lane: 'rest' }),
    ).resolves.toMatchObject({ isOpen: false });
  });
});
