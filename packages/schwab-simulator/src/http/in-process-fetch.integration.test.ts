import { describe, expect, it } from 'vitest';
import { BASIC, startForTest } from '../testing/client.ts';

const AUTUMN = Date.parse('2026-10-30T13:30:00Z');

describe('reached from its own process', () => {
  it('answers as over the network, with the time of its own clock', async () => {
    const heard: string[] = [];
    const simulator = await startForTest({ now: () => AUTUMN, onRequest: ({ path }) => heard.push(path) });
    const answer = await simulator.fetch(`${simulator.url}/v1/oauth/token`, {
      method: 'POST',
      headers: { authorization: BASIC },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'demo-refresh-token' }),
    });
    expect(answer.status).toBe(200);
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(AUTUMN);
    const { access_token: token } = JSON.parse(await answer.text());
    const accounts = await simulator.fetch(`${simulator.url}/trader/v1/accounts/accountNumbers?x=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(JSON.parse(await accounts.text())).toMatchObject([{ accountNumber: simulator.accountNumber }]);
    expect(heard).toEqual(['/v1/oauth/token', '/trader/v1/accounts/accountNumbers']);
    expect(simulator.requests().map(({ time, status }) => `${time} ${status}`)).toEqual([
      '2026-10-30T13:30:00.000Z 200',
      '2026-10-30T13:30:00.000Z 200',
    ]);
  });

  it('takes control calls, and tells nobody of them', async () => {
    const heard: string[] = [];
    const simulator = await startForTest({ onRequest: ({ path }) => heard.push(path) });
    const answer = await simulator.fetch(`${simulator.url}/simulator/market`, {
      method: 'POST',
      body: JSON.stringify({ date: '2026-11-03', isOpen: false }),
    });
    expect(JSON.parse(await answer.text())).toEqual({ days: [{ date: '2026-11-03', isOpen: false }] });
    expect(heard).toEqual([]);
  });

  it('leaves a call that is aborted with the reason of its signal', async () => {
    const simulator = await startForTest();
    simulator.setFaults([{ kind: 'timeout' }]);
    const giveUp = new AbortController();
    const call = simulator.fetch(`${simulator.url}/trader/v1/orders`, { signal: giveUp.signal });
    giveUp.abort(new Error('waited enough'));
    await expect(call).rejects.toThrow('waited enough');
    await expect(simulator.fetch(simulator.url, { signal: giveUp.signal })).rejects.toThrow('waited enough');
  });
});
