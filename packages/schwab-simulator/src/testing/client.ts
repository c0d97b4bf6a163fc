import { onTestFinished } from 'vitest';
import { DEMO_CREDENTIALS, type RunningSimulator, type SimulatorOptions, startSimulator } from '../index.ts';

/** A simulator on a free port that ends with the test. */
export async function startForTest(options: Partial<SimulatorOptions> = {}): Promise<RunningSimulator> {
  const simulator = await startSimulator({ port: 0, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

export const BASIC = `Basic ${Buffer.from(`${DEMO_CREDENTIALS.appKey}:${DEMO_CREDENTIALS.appSecret}`).toString('base64')}`;

/** Posts a form to the token endpoint. */
export function requestToken(
  { url }: RunningSimulator,
  form: Record<string, string>,
  authorization: string = BASIC,
): Promise<Response> {
  return fetch(`${url}/v1/oauth/token`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  });
}

/** Signs in with the demo's refresh token and gives a `fetch` that sends the access token. */
export async function signIn(
  simulator: RunningSimulator,
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const form = { grant_type: 'refresh_token', refresh_token: DEMO_CREDENTIALS.refreshToken };
  const { access_token: token }: { access_token: string } = JSON.parse(
    await (await requestToken(simulator, form)).text(),
  );
  return (path, init = {}) =>
    fetch(`${simulator.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
}

/** Calls a control route with a JSON body. */
export function control({ url }: RunningSimulator, path: string, body: object): Promise<Response> {
  return fetch(`${url}/simulator${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The list path for all orders entered around now. */
export function ordersPath(accountHash: string | null = null): string {
  const [from, to] = [-3_600_000, 3_600_000].map((offset) => new Date(Date.now() + offset).toISOString());
  const path = accountHash === null ? '/trader/v1/orders' : `/trader/v1/accounts/${accountHash}/orders`;
  return `${path}?fromEnteredTime=${from}&toEnteredTime=${to}`;
}
