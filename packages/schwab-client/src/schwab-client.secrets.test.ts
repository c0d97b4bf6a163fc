import { inspect } from 'node:util';

import { http } from 'msw';
import { describe, expect, it } from 'vitest';

import { reply, useMswBroker } from './testing/msw-broker.ts';
import { CANARIES, listAll, ORDERS_URL, placeTen, testClient } from './testing/test-client.ts';
import type { TestClient } from './testing/test-client.ts';

const broker = useMswBroker();
const rest = { lane: 'rest' } as const;
const accountHash = CANARIES.accountHash;
const BASIC = Buffer.from(`app-key:${CANARIES.appSecret}`).toString('base64');

/** Everything we sent, and an account number. */
async function echoOf(request: Request): Promise<string> {
  return `${request.url} ${request.headers.get('authorization')} ${await request.text()} ${CANARIES.accountNumber}`;
}

describe('secrets', () => {
  const bodies: readonly ((echo: string) => string)[] = [
    (echo) => JSON.stringify({ message: echo, errors: [echo] }),
    (echo) => JSON.stringify({ errors: [{ title: echo, detail: echo }] }),
    (echo) => JSON.stringify({ fault: { faultstring: echo } }),
    (echo) => JSON.stringify({ error: echo, error_description: echo }),
    (echo) =>
      JSON.stringify({ errors: [{ status: echo, source: { pointer: [echo], parameter: echo, header: echo } }] }),
    (echo) => JSON.stringify({ fault: { detail: { errorcode: echo } } }),
    (echo) => `<title>${echo}</title>`,
    (echo) => echo,
    (echo) => `{"accountNumber": ${CANARIES.accountNumber}., "echo": ${JSON.stringify(echo)}}`,
    (echo) => JSON.stringify([{ orderId: echo, status: {}, accountNumber: echo }]),
  ];
  const calls: Record<string, (test: TestClient) => Promise<unknown>> = {
    list: (test) => test.client.listOrders({ accountHash, from: test.clock.now(), to: test.clock.now() }, rest),
    get: ({ client }) => client.getOrder({ accountHash, orderId: '7' }, rest),
    transactions: ({ client }) =>
      client.listTransactions({ accountHash, startDate: 0, endDate: 1, types: 'TRADE' }, rest),
    candles: ({ client }) => client.getPriceHistory({ symbol: 'GME', startDate: 0, endDate: 1, frequency: 1 }, rest),
    accounts: ({ client }) => client.listAccounts(rest),
    place: placeTen,
    exchange: ({ client }) => client.exchangeCode({ code: 'C0.canary-code@', callbackUrl: 'https://x.test' }, rest),
    refresh: (test) => {
      test.clock.pass(3_600_000);
      return listAll(test);
    },
  };

  it.each(Object.keys(calls))('are in no error, rejection or event of %s, whatever Schwab echoes', async (name) => {
    for (const body of bodies) {
      for (const status of [201, 400, 401, 403, 500]) {
        const headers = { location: `${ORDERS_URL}/12` };
        broker.server.use(http.all('*', async ({ request }) => reply(status, body(await echoOf(request)), headers)()));
        const test = testClient();
        const outcome = await calls[name]?.(test).catch((error: unknown) => error);
        const seen = inspect([outcome instanceof Error || name === 'place' ? outcome : null, test.attempts], {
          depth: 9,
        });
        expect(seen).toContain('startedAt');
        for (const canary of [...Object.values(CANARIES), 'canary-code', BASIC]) expect(seen).not.toContain(canary);
      }
    }
  });
});
