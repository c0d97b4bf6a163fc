import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../index.ts';
import { control, requestToken, signIn, startForTest } from '../testing/client.ts';

const RESTING = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '5' } as const;

async function aStateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'deeper', 'state.json');
}

describe('starting', () => {
  it('rejects with EADDRINUSE on a port that is taken', async () => {
    const { port } = await startForTest();
    await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('refuses a host that others could reach, and a scenario that it does not know', async () => {
    await expect(startSimulator({ port: 0, host: '0.0.0.0' })).rejects.toThrow('loopback');
    await expect(startSimulator({ port: 0, scenario: 'crash' })).rejects.toThrow('name');
  });

  it('frees its port when closed', async () => {
    const first = await startSimulator({ port: 0 });
    await first.close();
    const second = await startForTest({ port: first.port });
    expect(second.port).toBe(first.port);
  });
});

it('says its own time with every answer, not that of the machine', async () => {
  const simulator = await startForTest();
  await control(simulator, '/clock', { now: '2026-03-08T06:59:59.400Z', frozen: true });
  const dateOf = async (path: string) => (await fetch(`${simulator.url}${path}`)).headers.get('date');
  expect(await dateOf('/trader/v1/accounts/accountNumbers')).toBe('Sun, 08 Mar 2026 06:59:59 GMT');
  expect(await dateOf('/nowhere')).toBe('Sun, 08 Mar 2026 06:59:59 GMT');
});

describe('the state file', () => {
  it('carries orders, ids, the running demo and the login over a restart', async () => {
    const stateFile = await aStateFile();
    const first = await startSimulator({ port: 0, stateFile, scenario: 'demo' });
    const { brokerOrderId } = first.script(RESTING);
    const query = new URLSearchParams({ client_id: 'demo-app-key', redirect_uri: 'https://127.0.0.1' });
    const { headers } = await fetch(`${first.url}/v1/oauth/authorize?${query.toString()}`, { redirect: 'manual' });
    const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
    const grant = await requestToken(first, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'https://127.0.0.1',
    });
    const { refresh_token: refreshToken } = JSON.parse(await grant.text());
    await first.close();

    const second = await startForTest({ stateFile, scenario: 'demo' });
    expect(second.truth().orders.map((order) => order.brokerOrderId)).toContain(brokerOrderId);
    expect(BigInt(second.script(RESTING).brokerOrderId)).toBeGreaterThan(BigInt(brokerOrderId));
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await requestToken(second, form)).status).toBe(200);
  });

  it('is written soon after a change, without waiting for the end', async () => {
    const stateFile = await aStateFile();
    const simulator = await startForTest({ stateFile });
    const { brokerOrderId } = simulator.script(RESTING);
    await expect
      .poll(() => readFile(stateFile, 'utf8').catch(() => ''), { timeout: 30_000 })
      .toContain(`"${brokerOrderId}"`);
  });

  it('does not run a scenario again that was kept', async () => {
    const stateFile = await aStateFile();
    const first = await startSimulator({ port: 0, stateFile, scenario: 'twenty-fills' });
    await first.close();
    const second = await startForTest({ stateFile, scenario: 'twenty-fills' });
    expect(second.truth().orders).toHaveLength(20);
  });

  it('is refused by name when it holds something else', async () => {
    const stateFile = await aStateFile();
    await (await startSimulator({ port: 0, stateFile })).close();
    await writeFile(stateFile, '{"version":1');
    await expect(startSimulator({ port: 0, stateFile })).rejects.toThrow(stateFile);
  });
});

/** The prices at which a short scenario of this seed fills. */
async function prices(seed: number): Promise<(string | null)[]> {
  const simulator = await startForTest();
  await control(simulator, '/scenario', { name: 'twenty-fills', seed, count: 5, spreadMs: 1_000 });
  await control(simulator, '/clock', { advanceMs: 1_000 });
  return simulator.truth().orders.map(({ averagePrice }) => averagePrice);
}

describe('the control routes', () => {
  it('script an order and tell the truth about it', async () => {
    const simulator = await startForTest();
    const answer = await control(simulator, '/orders', {
      ...RESTING,
      enteredAfterMs: -2_000,
      fills: [{ afterMs: -1_000, quantity: '2', price: '22.7299' }],
      ending: { afterMs: -500, status: 'CANCELED' },
    });
    const { brokerOrderId } = JSON.parse(await answer.text());
    const truth = await fetch(`${simulator.url}/simulator/truth`);
    expect(await truth.json()).toEqual({
      orders: [
        {
          brokerOrderId,
          brokerStatus: 'CANCELED',
          status: 'COMPLETED',
          filledQuantity: '2',
          averagePrice: '22.7299',
          fills: [{ price: '22.7299', quantity: '2', occurredAt: expect.stringMatching(/\.\d{3}Z$/) }],
        },
      ],
    });
  });

  it.each([
    ['/orders', { ...RESTING, quantity: '-5' }, 'quantity'],
    ['/orders', { ...RESTING, account: 'nobody' }, 'account'],
    ['/scenario', { name: 'crash' }, 'name'],
    ['/faults', { faults: [{ kind: 'flood' }] }, 'faults.0.kind'],
    ['/clock', { now: 'noon' }, 'now'],
    ['/reset', { everything: true }, 'everything'],
  ])('refuse on %s what they do not understand, naming the field', async (path, body, field) => {
    const answer = await control(await startForTest(), path, body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(await answer.text()).message).toContain(field);
  });

  it('run scenarios, whose orders keep their seed', async () => {
    expect(await prices(1)).toHaveLength(5);
    expect(await prices(1)).toEqual(await prices(1));
    expect(await prices(1)).not.toEqual(await prices(2));
  });

  it('record the broker’s calls and not their own, from an instant on', async () => {
    const simulator = await startForTest();
    await (
      await signIn(simulator)
    )('/trader/v1/accounts/accountNumbers?x=1');
    const requestsSince = async (since: string) => {
      const answer = await fetch(`${simulator.url}/simulator/requests?since=${since}`);
      return JSON.parse(await answer.text());
    };
    expect(await requestsSince('2020-01-01T00:00:00Z')).toEqual({
      requests: [
        {
          time: expect.any(String),
          method: 'POST',
          path: '/v1/oauth/token',
          query: '',
          status: 200,
          grantType: 'refresh_token',
        },
        {
          time: expect.any(String),
          method: 'GET',
          path: '/trader/v1/accounts/accountNumbers',
          query: '?x=1',
          status: 200,
        },
      ],
    });
    expect(await requestsSince(String(Date.now() + 60_000))).toEqual({ requests: [] });
  });

  it('reset orders, faults, clock and record', async () => {
    const simulator = await startForTest({ scenario: 'endings' });
    simulator.setFaults([{ kind: 'status-500' }]);
    await control(simulator, '/clock', { offsetMs: -86_400_000, frozen: true });
    await fetch(`${simulator.url}/trader/v1/orders`);
    await control(simulator, '/reset', {});
    expect(simulator.truth().orders).toEqual([]);
    expect(simulator.requests()).toEqual([]);
    const state = async (path: string) => (await fetch(`${simulator.url}/simulator${path}`)).json();
    expect(await state('/faults')).toEqual({ faults: [] });
    expect(await state('/clock')).toMatchObject({ offsetMs: 0, frozen: false });
    expect(await state('/health')).toMatchObject({ ok: true, scenario: 'none', orders: 0 });
  });

  it('refuse a page that made its own name point at this machine, and other origins', async () => {
    const { port } = await startForTest();
    const statusWith = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = request({ port, path: '/simulator/reset', method: 'POST', headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        call.once('error', reject).end();
      });
    expect(await statusWith({ host: 'rebound.example' })).toBe(403);
    expect(await statusWith({ origin: 'https://example.com' })).toBe(403);
    expect(await statusWith({ origin: 'http://127.0.0.1:4000' })).toBe(200);
  });
});
