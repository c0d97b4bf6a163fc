import { describe, expect, it } from 'vitest';
import { control, signIn, startForTest } from '../testing/client.ts';

const CALL = 'NVDA  281215C00180000';
const FILLED = {
  symbol: 'GME',
  instruction: 'BUY',
  orderType: 'MARKET',
  quantity: '10',
  enteredAfterMs: -5_000,
  fills: [{ afterMs: -4_000, quantity: '10', price: '22.7299' }],
} as const;
const COVERED = {
  legs: [
    { symbol: 'NVDA', instruction: 'BUY', ratio: '100' },
    { symbol: CALL, instruction: 'SELL_TO_OPEN' },
  ],
  orderType: 'NET_DEBIT',
  quantity: '1',
  enteredAfterMs: -5_000,
  fills: [{ afterMs: -3_000, quantity: '1', legPrices: ['176.2405', '1.25'] }],
} as const;

interface Transaction {
  activityId: number;
  orderId: number;
  netAmount: number;
}

async function aBroker() {
  const simulator = await startForTest({ accounts: 2 });
  const call = await signIn(simulator);
  const path = `/trader/v1/accounts/${simulator.accountHash}/transactions`;
  const [startDate, endDate] = [-60_000, 60_000].map((offset) => new Date(Date.now() + offset).toISOString());
  const window = `startDate=${startDate}&endDate=${endDate}`;
  const list = async (query: string): Promise<Transaction[]> =>
    JSON.parse(await (await call(`${path}?${window}&${query}`)).text());
  return { simulator, call, path, window, list };
}

describe('the account’s transactions', () => {
  it('hold one trade for each leg, newest first, of this account alone', async () => {
    const { simulator, list } = await aBroker();
    const { brokerOrderId: single } = simulator.script(FILLED);
    const { brokerOrderId: covered } = simulator.script(COVERED);
    simulator.script({ ...FILLED, account: '23456789' });
    const trades = await list('types=TRADE');
    expect(trades.map(({ orderId, netAmount }) => [String(orderId), netAmount])).toEqual([
      [covered, -17_624.05],
      [covered, 124.33],
      [single, -227.299],
    ]);
    expect(trades[0]?.activityId).toBe(trades[1]?.activityId);
    expect(await list(`types=TRADE&symbol=${encodeURIComponent(CALL)}`)).toEqual([trades[1]]);
    expect(await list('types=DIVIDEND_OR_INTEREST')).toEqual([]);
  });

  it('are found by their activity, all legs of it', async () => {
    const { simulator, call, path, list } = await aBroker();
    simulator.script(COVERED);
    const trades = await list('types=TRADE');
    expect(JSON.parse(await (await call(`${path}/${trades[0]?.activityId}`)).text())).toEqual(trades);
    expect((await call(`${path}/1`)).status).toBe(404);
  });

  it('come late when told to', async () => {
    const { simulator, list } = await aBroker();
    simulator.script({ ...FILLED, transactions: { delayMs: 30_000 } });
    expect(await list('types=TRADE')).toEqual([]);
    await control(simulator, '/clock', { advanceMs: 30_000 });
    expect(await list('types=TRADE')).toHaveLength(1);
  });

  it.each([
    ['types=TRADE', 'startDate'],
    ['startDate=2025-01-01T00:00:00.000Z&types=TRADE', 'endDate'],
    ['startDate=2025-01-02T00:00:00.000Z&endDate=2025-01-01T00:00:00.000Z&types=TRADE', 'before'],
    ['startDate=2023-01-01T00:00:00.000Z&endDate=2025-01-01T00:00:00.000Z&types=TRADE', 'one year'],
    ['startDate=2025-01-01T00:00:00.000Z&endDate=2025-01-02T00:00:00.000Z', 'types'],
  ])('refuse %s', async (query, word) => {
    const { call, path } = await aBroker();
    const answer = await call(`${path}?${query}`);
    expect(answer.status).toBe(400);
    expect(JSON.parse(await answer.text()).message).toContain(word);
  });
});

describe('the price history', () => {
  it('gives minute candles that cover the fills, up to now', async () => {
    const { simulator, call } = await aBroker();
    const at = Date.now();
    simulator.script({ ...FILLED, fills: [{ afterMs: -4_000, quantity: '10', price: '31.4159' }] });
    const range = `startDate=${at - 600_000}&endDate=${at + 600_000}`;
    const path = `/marketdata/v1/pricehistory?symbol=GME&periodType=day&frequencyType=minute&frequency=1&${range}`;
    const history: { candles: { high: number; datetime: number }[]; symbol: string; empty: boolean } = JSON.parse(
      await (await call(path)).text(),
    );
    expect(history).toMatchObject({ symbol: 'GME', empty: false });
    expect(history.candles.filter(({ high }) => high === 31.4159)).toHaveLength(1);
    expect(history.candles.map(({ datetime }) => datetime % 60_000)).toEqual(history.candles.map(() => 0));
    expect(history.candles.at(-1)?.datetime).toBeLessThanOrEqual(Date.now());
  });

  it('is empty for a symbol that nobody knows', async () => {
    const { call } = await aBroker();
    const answer = await call('/marketdata/v1/pricehistory?symbol=ZZZZ');
    expect(await answer.json()).toEqual({ candles: [], symbol: 'ZZZZ', empty: true });
  });

  it.each(['', '?symbol=GME&frequencyType=daily', '?symbol=GME&frequency=2', '?symbol=GME&startDate=today'])(
    'refuses "%s"',
    async (query) => {
      const { call } = await aBroker();
      const answer = await call(`/marketdata/v1/pricehistory${query}`);
      expect(answer.status).toBe(400);
      expect(JSON.parse(await answer.text()).errors[0].title).toBe('Bad Request');
    },
  );
});
