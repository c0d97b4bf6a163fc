import { describe, expect, it } from 'vitest';

import { reply, useMswBroker } from './testing/msw-broker.ts';
import { BASE_URL, CANARIES, testClient } from './testing/test-client.ts';

const broker = useMswBroker();
const rest = { lane: 'rest' } as const;
const accountHash = CANARIES.accountHash;
const TRANSACTIONS_URL = `${BASE_URL}/trader/v1/accounts/${accountHash}/transactions`;
const CANDLES_URL = `${BASE_URL}/marketdata/v1/pricehistory`;
const startDate = Date.UTC(2026, 0, 5);
const DAY_MS = 24 * 60 * 60_000;
const answered = (body: string) => reply(200, body, { 'Schwab-Client-CorrelId': 'c-1' });
const queryOf = (request: Request | undefined) => Object.fromEntries(new URL(request?.url ?? '').searchParams);

describe('listing transactions', () => {
  const query = { accountHash, startDate, endDate: startDate + DAY_MS, types: 'TRADE' } as const;

  it('asks as documented, and says when it asked', async () => {
    const requests = broker.answer('get', TRANSACTIONS_URL, answered('[{"activityId":7},{"activityId":{}}]'));
    const { client, clock } = testClient();
    await expect(client.listTransactions({ ...query, symbol: 'BRK/B' }, rest)).resolves.toMatchObject({
      transactions: [{ activityId: '7' }],
      odd: [{ index: 1, problem: 'activityId: must be a whole number' }],
      isCutOff: false,
      requestedAt: clock.now(),
      correlationId: 'c-1',
    });
    expect(queryOf(requests[0])).toEqual({
      startDate: '2026-01-05T00:00:00.000Z',
      endDate: '2026-01-06T00:00:00.000Z',
      types: 'TRADE',
      symbol: 'BRK/B',
    });
    await client.listTransactions(query, rest);
    expect(queryOf(requests[1])).not.toHaveProperty('symbol');
  });

  it('asks for a year at most', async () => {
    broker.answer('get', TRANSACTIONS_URL, answered('[]'));
    const { client } = testClient();
    const endDate = startDate + 365 * DAY_MS;
    await expect(client.listTransactions({ ...query, endDate }, rest)).resolves.toBeDefined();
    await expect(client.listTransactions({ ...query, endDate: endDate + 1 }, rest)).rejects.toThrow(
      'longer than 365 days (nothing was sent)',
    );
  });

  it.each([
    [{ endDate: startDate - 1 }, 'ends before it begins'],
    [{ startDate: Number.NaN }, 'whole ms'],
    [{ startDate: -1 }, 'whole ms'],
    [{ endDate: 8.64e15 }, 'whole ms'],
    [{ symbol: '' }, 'not a symbol'],
    [{ symbol: 'A\nB' }, 'not a symbol'],
    [{ accountHash: '../x' }, 'not an account hash'],
  ])('sends nothing for %j', async (changes, problem) => {
    const { client, attempts } = testClient();
    await expect(client.listTransactions({ ...query, ...changes }, rest)).rejects.toThrow(problem);
    expect(attempts).toEqual([]);
  });

  it.each(['{"message":"x"}', '<html>maintenance</html>', ''])(
    'refuses a good status with the body %j',
    async (body) => {
      broker.answer('get', TRANSACTIONS_URL, answered(body));
      await expect(testClient().client.listTransactions(query, rest)).rejects.toMatchObject({
        kind: 'shape',
        operation: 'list-transactions',
        correlationId: 'c-1',
      });
    },
  );
});

describe('asking for candles', () => {
  const query = { symbol: '$SPX', startDate, endDate: startDate + DAY_MS, frequency: 5 } as const;

  it('asks as documented, hours before and after the session included', async () => {
    const requests = broker.answer('get', CANDLES_URL, answered('{"candles":[],"symbol":"$SPX","empty":true}'));
    const { client, clock } = testClient();
    await expect(client.getPriceHistory(query, rest)).resolves.toEqual({
      symbol: '$SPX',
      candles: [],
      odd: [],
      isEmpty: true,
      requestedAt: clock.now(),
      respondedAt: clock.now(),
      correlationId: 'c-1',
    });
    expect(queryOf(requests[0])).toEqual({
      symbol: '$SPX',
      periodType: 'day',
      frequencyType: 'minute',
      frequency: '5',
      startDate: String(startDate),
      endDate: String(startDate + DAY_MS),
      needExtendedHoursData: 'true',
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [{ symbol: ' ' }, 'not a symbol'],
    [{ endDate: startDate - 1 }, 'ends before it begins'],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a caller without types may send
    [{ frequency: 7 as 5 }, 'must be one of 1, 5, 10, 15, 30'],
  ])('sends nothing for %j', async (changes, problem) => {
    const { client, attempts } = testClient();
    await expect(client.getPriceHistory({ ...query, ...changes }, rest)).rejects.toThrow(problem);
    expect(attempts).toEqual([]);
  });
});

describe('the times of the sign-in', () => {
  it('count from the sign-in of whoever signed in last', async () => {
    const { client, store, clock } = testClient();
    const signedInAt = clock.now();
    await expect(client.signInTimes()).resolves.toEqual({ signedInAt, refreshTokenExpiresAt: signedInAt + 7 * DAY_MS });
    store.token = null;
    await expect(client.signInTimes()).resolves.toBeNull();
  });
});
