import { describe, expect, it } from 'vitest';
import { control, ordersPath, signIn, startForTest } from '../testing/client.ts';

const FILLED = {
  symbol: 'GME',
  instruction: 'BUY',
  orderType: 'MARKET',
  quantity: '10',
  enteredAfterMs: -5_000,
  fills: [{ afterMs: -4_000, quantity: '10', price: '22.7299' }],
} as const;
const LIMIT_BUY = {
  orderType: 'LIMIT',
  session: 'NORMAL',
  duration: 'DAY',
  orderStrategyType: 'SINGLE',
  price: '213.41',
  orderLegCollection: [{ instruction: 'BUY', quantity: 100, instrument: { symbol: 'AAPL', assetType: 'EQUITY' } }],
};

async function aBroker(options: Parameters<typeof startForTest>[0] = {}) {
  const simulator = await startForTest(options);
  const call = await signIn(simulator);
  const orders = `/trader/v1/accounts/${simulator.accountHash}/orders`;
  return { simulator, call, orders };
}

describe('reading orders', () => {
  it('gives one order, digit for digit, with ids beyond 2^53', async () => {
    const { simulator, call, orders } = await aBroker({ firstOrderId: '9007199254740993' });
    const { brokerOrderId } = simulator.script(FILLED);
    const answer = await call(`${orders}/${brokerOrderId}`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('schwab-client-correlid')).toMatch(/^[0-9a-f-]{36}$/);
    const body = await answer.text();
    expect(body).toContain('"orderId":9007199254740993,');
    expect(body).toContain('"price":22.7299,');
    expect(body).toContain('"filledQuantity":10.0,');
  });

  it('lists newest first, for one account or for all', async () => {
    const { simulator, call } = await aBroker({ accounts: 2 });
    const first = simulator.script(FILLED).brokerOrderId;
    const second = simulator.script({ ...FILLED, enteredAfterMs: -4_500, account: '23456789' }).brokerOrderId;
    const idsAt = async (path: string) =>
      JSON.parse(await (await call(path)).text()).map(({ orderId }: { orderId: number }) => String(orderId));
    expect(await idsAt(ordersPath())).toEqual([second, first]);
    expect(await idsAt(ordersPath(simulator.accountHash))).toEqual([first]);
    expect(await idsAt(`${ordersPath()}&status=FILLED&maxResults=1`)).toEqual([second]);
    expect(await idsAt(`${ordersPath()}&status=WORKING`)).toEqual([]);
  });

  it('refuses a list without a window, the account number in the hash’s place, and an unknown order', async () => {
    const { simulator, call, orders } = await aBroker();
    expect((await call(orders)).status).toBe(400);
    const byNumber = await call(ordersPath(simulator.accountNumber));
    expect(byNumber.status).toBe(400);
    expect(await byNumber.json()).toEqual({ message: 'Invalid account number' });
    expect((await call(`${orders}/1`)).status).toBe(404);
    expect((await call('/trader/v1/nothing')).status).toBe(404);
  });
});

describe('trees of orders', () => {
  const SALE = { symbol: 'GME', instruction: 'SELL', orderType: 'LIMIT', limitPrice: '23.5', quantity: '10' } as const;

  it('stand in the list once, whole, and each of their orders by its own id', async () => {
    const { simulator, call, orders } = await aBroker();
    const { brokerOrderIds } = simulator.script({
      ...FILLED,
      triggers: [{ oco: [SALE, { ...SALE, limitPrice: '24' }] }],
    });
    const [parent, group, first, second] = brokerOrderIds.map(Number);
    const [listed, ...others] = JSON.parse(await (await call(ordersPath())).text());
    expect(others).toEqual([]);
    expect(listed).toMatchObject({ orderId: parent, orderStrategyType: 'TRIGGER', status: 'FILLED' });
    expect(listed.childOrderStrategies).toMatchObject([
      {
        orderId: group,
        orderStrategyType: 'OCO',
        status: 'WORKING',
        childOrderStrategies: [
          { orderId: first, orderStrategyType: 'SINGLE', status: 'WORKING', price: 23.5 },
          { orderId: second, price: 24 },
        ],
      },
    ]);
    expect(listed.childOrderStrategies[0]).not.toHaveProperty('quantity');
    const alone = JSON.parse(await (await call(`${orders}/${second}`)).text());
    expect(alone).toEqual(listed.childOrderStrategies[0].childOrderStrategies[1]);
    expect((await call(`${orders}/${group}`)).status).toBe(200);
  });

  it('tell of a change below at once', async () => {
    const { simulator, call, orders } = await aBroker();
    const { brokerOrderId, brokerOrderIds } = simulator.script({ oco: [SALE, SALE] });
    const words = async () => {
      const report = JSON.parse(await (await call(`${orders}/${brokerOrderId}`)).text());
      const children: { status: string }[] = report.childOrderStrategies;
      return [report, ...children].map(({ status }) => status);
    };
    expect(await words()).toEqual(['WORKING', 'WORKING', 'WORKING']);
    expect((await call(`${orders}/${brokerOrderIds[2]}`, { method: 'DELETE' })).status).toBe(200);
    await control(simulator, '/clock', { advanceMs: 1_000 });
    expect(await words()).toEqual(['CANCELED', 'CANCELED', 'CANCELED']);
  });

  it('cannot be replaced as a group', async () => {
    const { simulator, call, orders } = await aBroker();
    const { brokerOrderId } = simulator.script({ oco: [SALE, SALE] });
    const answer = await call(`${orders}/${brokerOrderId}`, { method: 'PUT', body: JSON.stringify(LIMIT_BUY) });
    expect(answer.status).toBe(400);
  });
});

describe('placing an order', () => {
  it('answers 201 with the location on the base the client used, and then fills it', async () => {
    const { simulator, call, orders } = await aBroker();
    const answer = await call(orders, { method: 'POST', body: JSON.stringify(LIMIT_BUY) });
    expect(answer.status).toBe(201);
    expect(await answer.text()).toBe('');
    const location = answer.headers.get('location') ?? '';
    expect(location.startsWith(`${simulator.url}${orders}/`)).toBe(true);

    await control(simulator, '/clock', { advanceMs: 10_000 });
    const report = JSON.parse(await (await call(new URL(location).pathname)).text());
    expect(report).toMatchObject({ status: 'FILLED', price: 213.41, filledQuantity: 100 });
    expect(report.orderActivityCollection).toHaveLength(3);
  });

  it('keeps the digits of a price sent as a number', async () => {
    const { call, orders } = await aBroker();
    const body = JSON.stringify(LIMIT_BUY).replace('"213.41"', '213.40');
    const location = (await call(orders, { method: 'POST', body })).headers.get('location') ?? '';
    expect(await (await call(new URL(location).pathname)).text()).toContain('"price":213.4,');
  });

  it.each([
    ['no JSON', '{', 'JSON'],
    ['a missing price', JSON.stringify({ ...LIMIT_BUY, price: undefined }), 'price'],
    ['what only reports carry', JSON.stringify({ ...LIMIT_BUY, requestedDestination: 'AUTO' }), 'requestedDestination'],
  ])('refuses %s with a message', async (_what, body, word) => {
    const { simulator, call, orders } = await aBroker();
    const answer = await call(orders, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(await answer.text()).message).toContain(word);
    expect(simulator.truth().orders).toEqual([]);
  });

  it('refuses a body that is too large, as the gateway does', async () => {
    const { call, orders } = await aBroker();
    const answer = await call(orders, { method: 'POST', body: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('protocol.http.TooBigBody');
  });
});

describe('withdrawing an order', () => {
  const RESTING = { symbol: 'GME', instruction: 'BUY', orderType: 'LIMIT', limitPrice: '20', quantity: '5' } as const;

  it('cancels a live order soon after, and refuses one that is over', async () => {
    const { simulator, call, orders } = await aBroker();
    const path = `${orders}/${simulator.script(RESTING).brokerOrderId}`;
    expect((await call(path, { method: 'DELETE' })).status).toBe(200);
    await control(simulator, '/clock', { advanceMs: 1_000 });
    expect(simulator.truth().orders[0]?.brokerStatus).toBe('CANCELED');
    expect((await call(path, { method: 'DELETE' })).status).toBe(400);
  });

  it('replaces a live order by one with an id of its own', async () => {
    const { simulator, call, orders } = await aBroker();
    const { brokerOrderId } = simulator.script(RESTING);
    const answer = await call(`${orders}/${brokerOrderId}`, { method: 'PUT', body: JSON.stringify(LIMIT_BUY) });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).not.toContain(brokerOrderId);
    const [old, replacement] = simulator.truth().orders;
    expect([old, replacement].map((order) => order?.brokerStatus)).toEqual(['REPLACED', 'WORKING']);
    expect(old?.replacedBy).toBe(replacement?.brokerOrderId);
    expect(replacement?.replaces).toBe(brokerOrderId);
    const again = await call(`${orders}/${brokerOrderId}`, { method: 'PUT', body: JSON.stringify(LIMIT_BUY) });
    expect(again.status).toBe(400);
  });
});

describe('market hours', () => {
  it('are told for the markets and the date asked for', async () => {
    const { call } = await aBroker();
    const open = JSON.parse(await (await call('/marketdata/v1/markets?markets=equity,option&date=2025-07-21')).text());
    expect(Object.keys(open)).toEqual(['equity', 'option']);
    expect(open.equity.EQ.isOpen).toBe(true);
    const closed = JSON.parse(await (await call('/marketdata/v1/markets/equity?date=2025-07-20')).text());
    expect(closed.equity.equity.isOpen).toBe(false);
    expect((await call('/marketdata/v1/markets/equity')).status).toBe(200);
  });

  it('follow what was set for a date, until a reset', async () => {
    const { simulator, call } = await aBroker();
    await control(simulator, '/market', { date: '2025-07-21', isOpen: false });
    const set = await control(simulator, '/market', { date: '2025-07-03', regularEnd: '13:00' });
    expect(JSON.parse(await set.text()).days).toHaveLength(2);
    const textOn = async (date: string) => (await call(`/marketdata/v1/markets?markets=equity&date=${date}`)).text();
    expect(JSON.parse(await textOn('2025-07-21')).equity.equity.isOpen).toBe(false);
    expect(await textOn('2025-07-03')).toContain('"end":"2025-07-03T13:00:00-04:00"');
    await control(simulator, '/reset', {});
    expect(JSON.parse(await textOn('2025-07-21')).equity.EQ.isOpen).toBe(true);
  });

  it.each(['/marketdata/v1/markets', '/marketdata/v1/markets/moon', '/marketdata/v1/markets/equity?date=today'])(
    'refuses %s in the shape of the market data API',
    async (path) => {
      const { call } = await aBroker();
      const answer = await call(path);
      expect(answer.status).toBe(400);
      expect(JSON.parse(await answer.text()).errors[0].title).toBe('Bad Request');
    },
  );
});
