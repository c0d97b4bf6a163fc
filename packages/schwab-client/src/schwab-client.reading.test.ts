import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { OddOrderError } from './errors.ts';
import { reply, useMswBroker } from './testing/msw-broker.ts';
import { ALL_ORDERS_URL, BASE_URL, CANARIES, listAll, ORDERS_URL, testClient } from './testing/test-client.ts';

const broker = useMswBroker();
const rest = { lane: 'rest' } as const;
const accountHash = CANARIES.accountHash;
const orders = (body = '[]') => reply(200, body, { 'Schwab-Client-CorrelId': 'c-1' });

describe('reading', () => {
  it('lists the orders of one account', async () => {
    const requests = broker.answer(
      'get',
      ORDERS_URL,
      orders('[{"orderId":9223372036854775807,"status":"NEW"},{"orderId":{}}]'),
    );
    const { client, clock } = testClient();
    const from = Date.UTC(2026, 0, 5);
    const list = await client.listOrders({ accountHash, from, to: from + 60_000, maxResults: 50 }, rest);
    expect(list.orders).toEqual([
      {
        path: '',
        order: { orderId: '9223372036854775807', status: 'NEW' },
        children: [],
        odd: [],
        text: '{"orderId":9223372036854775807,"status":"NEW"}',
      },
    ]);
    expect(list.odd).toMatchObject([{ index: 1, problem: 'orderId: must be an order id' }]);
    expect(list).toMatchObject({ requestedAt: clock.now(), respondedAt: clock.now(), correlationId: 'c-1' });
    const [request] = requests;
    expect(Object.fromEntries(new URL(request?.url ?? '').searchParams)).toEqual({
      fromEnteredTime: '2026-01-05T00:00:00.000Z',
      toEnteredTime: '2026-01-05T00:01:00.000Z',
      maxResults: '50',
    });
    expect(request?.headers.get('authorization')).toBe(`Bearer ${CANARIES.accessToken}`);
  });

  it('refuses a window that Schwab would refuse, without asking', async () => {
    const { client, attempts } = testClient();
    await expect(client.listAllOrders({ from: 0, to: 1 }, rest)).rejects.toThrow('more than 60 days ago');
    expect(attempts).toEqual([]);
  });

  it('reads one order by its id', async () => {
    broker.answer('get', `${ORDERS_URL}/12`, orders('{"orderId":12,"status":"FILLED"}'));
    const { client } = testClient();
    const found = await client.getOrder({ accountHash, orderId: '12' }, rest);
    expect(found).toMatchObject({ report: { order: { orderId: '12', status: 'FILLED' } }, correlationId: 'c-1' });
  });

  it('does not take another order for the one it asked for', async () => {
    broker.answer('get', `${ORDERS_URL}/12`, orders('{"orderId":13,"status":"FILLED"}'));
    const { client } = testClient();
    await expect(client.getOrder({ accountHash, orderId: '12' }, rest)).rejects.toMatchObject({
      kind: 'shape',
      path: 'orderId',
      correlationId: 'c-1',
    });
  });

  it('hands on what an order looks like that it cannot read, and writes it nowhere', async () => {
    const text = `{"orderId":12,"quantity":"many","status":"FILLED","accountNumber":${CANARIES.accountNumber}}`;
    broker.answer('get', `${ORDERS_URL}/12`, orders(text));
    const { client } = testClient();
    const error: unknown = await client
      .getOrder({ accountHash, orderId: '12' }, rest)
      .catch((caught: unknown) => caught);
    if (!(error instanceof OddOrderError)) throw error;
    expect(error).toMatchObject({ kind: 'shape', orderId: '12', problem: 'quantity: must be a number', text });
    expect(error).toMatchObject({ operation: 'get-order', status: 200, correlationId: 'c-1' });
    expect(`${inspect(error)} ${JSON.stringify(error)}`).not.toContain(CANARIES.accountNumber);
  });

  it('does not take an odd order for the one it asked for when it is another', async () => {
    broker.answer('get', `${ORDERS_URL}/12`, orders('{"orderId":13,"quantity":"many","status":"FILLED"}'));
    const { client } = testClient();
    await expect(client.getOrder({ accountHash, orderId: '12' }, rest)).rejects.toMatchObject({ path: 'orderId' });
  });

  it.each(['', '0', '../12', '12/x', '1e3'])('sends no order id such as %j', async (orderId) => {
    const { client, attempts } = testClient();
    await expect(client.getOrder({ accountHash, orderId }, rest)).rejects.toThrow('not an order id');
    expect(attempts).toEqual([]);
  });

  it('sends no account hash that could lead elsewhere', async () => {
    const { client } = testClient();
    await expect(client.getOrder({ accountHash: '..', orderId: '1' }, rest)).rejects.toThrow('not an account hash');
  });

  it('tells account numbers and their hashes', async () => {
    broker.answer(
      'get',
      `${BASE_URL}/trader/v1/accounts/accountNumbers`,
      orders(`[{"accountNumber":"12345678","hashValue":"${accountHash}"}]`),
    );
    const { client } = testClient();
    await expect(client.listAccounts(rest)).resolves.toEqual([{ accountNumber: '12345678', hash: accountHash }]);
  });

  it.each(['{}', '[{"accountNumber":"12345678"}]', '[null]'])('refuses %s as a list of accounts', async (body) => {
    broker.answer('get', `${BASE_URL}/trader/v1/accounts/accountNumbers`, orders(body));
    await expect(testClient().client.listAccounts(rest)).rejects.toMatchObject({ kind: 'shape' });
  });

  it('asks for the hours of one market on one date', async () => {
    const closed = '{"equity":{"equity":{"date":"2026-01-04","product":"equity","isOpen":false}}}';
    const requests = broker.answer('get', `${BASE_URL}/marketdata/v1/markets`, orders(closed));
    const { client } = testClient();
    const hours = await client.getMarketHours({ market: 'equity', date: '2026-01-04' }, rest);
    expect(hours).toMatchObject({ isOpen: false, sessionHours: null, correlationId: 'c-1' });
    expect(new URL(requests[0]?.url ?? '').search).toBe('?markets=equity&date=2026-01-04');
    await expect(client.getMarketHours({ market: 'equity', date: 'today' }, rest)).rejects.toThrow('yyyy-MM-dd');
  });

  it.each([
    ['not a list', '{"message":"x"}'],
    ['a page', '<html>maintenance</html>'],
    ['empty', ''],
  ])('does not repeat a call whose answer is %s', async (_what, body) => {
    const requests = broker.answer('get', ALL_ORDERS_URL, orders(body));
    await expect(listAll(testClient())).rejects.toMatchObject({ kind: 'shape', operation: 'list-orders', status: 200 });
    expect(requests).toHaveLength(1);
  });
});

describe('createSchwabClient', () => {
  it.each(['', 'schwab.test', 'ftp://schwab.test', 'https://'])('refuses the base URL %j', (baseUrl) => {
    expect(() => testClient({ baseUrl })).toThrow('baseUrl');
  });

  it('takes a base URL with a final slash', async () => {
    const requests = broker.answer('get', ALL_ORDERS_URL, orders());
    await listAll(testClient({ baseUrl: `${BASE_URL}/` }));
    expect(requests).toHaveLength(1);
  });
});
