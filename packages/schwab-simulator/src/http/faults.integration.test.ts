import { describe, expect, it } from 'vitest';
import { control, ordersPath, signIn, startForTest } from '../testing/client.ts';

const ACCOUNTS = '/trader/v1/accounts/accountNumbers';
const RESTING = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '5' } as const;

async function aBroker() {
  const simulator = await startForTest();
  return { simulator, call: await signIn(simulator) };
}

describe('faults', () => {
  it.each([
    ['status-500', 500, 'application/json'],
    ['html-error', 500, 'text/html'],
    ['unauthorized', 401, 'application/json'],
    ['rate-limit', 429, 'application/json'],
  ] as const)('%s answers %d with %s', async (kind, status, type) => {
    const { simulator, call } = await aBroker();
    simulator.setFaults([{ kind, retryAfterSeconds: 7 }]);
    const answer = await call(ACCOUNTS);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
  });

  it('truncates a body against its announced length', async () => {
    const { simulator, call } = await aBroker();
    simulator.setFaults([{ kind: 'truncated-body' }]);
    const answer = await call(ACCOUNTS);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
    expect(simulator.requests().at(-1)?.status).toBe(200);
  });

  it('cuts JSON with a length that fits', async () => {
    const { simulator, call } = await aBroker();
    simulator.setFaults([{ kind: 'cut-json' }]);
    const text = await (await call(ACCOUNTS)).text();
    expect(text).toMatch(/^\[\{"accountNumber"/);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('resets the connection', async () => {
    const { simulator, call } = await aBroker();
    simulator.setFaults([{ kind: 'reset', count: 1 }]);
    await expect(call(ACCOUNTS)).rejects.toThrow('fetch failed');
    expect(simulator.requests().at(-1)?.status).toBe(0);
    expect((await call(ACCOUNTS)).status).toBe(200);
  });

  it('spoils one order of a list and leaves the others intact', async () => {
    const { simulator, call } = await aBroker();
    const ids = [1, 2, 3].map(() => simulator.script(RESTING).brokerOrderId);
    simulator.setFaults([{ kind: 'malformed-order', orderId: ids[1] }]);
    const orders: { orderId: number; quantity: unknown }[] = JSON.parse(await (await call(ordersPath())).text());
    expect(orders.map(({ orderId, quantity }) => [String(orderId), typeof quantity])).toEqual(
      ids.toReversed().map((id) => [id, id === ids[1] ? 'object' : 'number']),
    );
  });

  it('hides a new order by id while the list shows it', async () => {
    const { simulator, call } = await aBroker();
    simulator.setFaults([{ kind: 'visibility-lag', visibilityLagMs: 60_000 }]);
    const path = `/trader/v1/accounts/${simulator.accountHash}/orders/${simulator.script(RESTING).brokerOrderId}`;
    expect((await call(path)).status).toBe(404);
    expect(JSON.parse(await (await call(ordersPath())).text())).toHaveLength(1);
    await control(simulator, '/clock', { advanceMs: 60_000 });
    expect((await call(path)).status).toBe(200);
  });

  it('never touch the control routes, which tell how often each struck', async () => {
    const { simulator, call } = await aBroker();
    const set = await control(simulator, '/faults', { faults: [{ kind: 'status-500' }] });
    expect(set.status).toBe(200);
    await call(ACCOUNTS);
    const answer = await fetch(`${simulator.url}/simulator/faults`);
    expect(await answer.json()).toMatchObject({ faults: [{ fault: { kind: 'status-500' }, matched: 1, struck: 1 }] });
  });

  it('do not hold up the end: a client that waits for an answer is let go', async () => {
    const { simulator, call } = await aBroker();
    simulator.setFaults([{ kind: 'timeout' }]);
    const before = simulator.requests().length;
    const outcome = call(ACCOUNTS).then(
      () => 'answered',
      () => 'let go',
    );
    await expect.poll(() => simulator.requests().length, { timeout: 30_000 }).toBe(before + 1);
    await simulator.close();
    expect(await outcome).toBe('let go');
    expect(simulator.requests().at(-1)?.status).toBe(0);
  });
});
