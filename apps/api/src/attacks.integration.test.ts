/** What pages of other sites, scripts and odd clients try. */
import { connect } from 'node:net';
import { orderPage, problem } from '@fill-tracker/contract';
import { legOf, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { buildTestApi, listen, type TestApi } from './testing/api.ts';
import { openTestRecord } from './testing/record.ts';

async function openApi(options: Omit<Parameters<typeof buildTestApi>[0], 'record'> = {}): Promise<TestApi> {
  const record = await openTestRecord();
  await record.report([orderOf()]);
  return await buildTestApi({ ...options, record: record.db });
}

const REPOLL = { method: 'POST', url: '/api/orders/1/repoll' } as const;
const TRACK = { method: 'POST', url: '/api/orders' } as const;
const COMMANDS = [
  REPOLL,
  { method: 'POST', url: '/api/orders/1/resolve', payload: { action: 'close', reason: 'x' } },
  { method: 'POST', url: '/api/sign-in', payload: { redirect: 'https://127.0.0.1/?code=x' } },
] as const;
const EVERY_PATH = [
  '/',
  '/api/orders',
  '/api/orphans',
  '/api/sign-in',
  '/api/events',
  '/healthz',
  '/metrics',
  '/docs',
  '/openapi.json',
  '/nowhere',
];

describe('pages of other sites', () => {
  it.each(EVERY_PATH)('cannot reach %s through a name of their own (DNS rebinding)', async (url) => {
    const { app } = await openApi();
    const answer = await app.inject({ url, headers: { host: 'rebound.example:4000' } });
    expect(answer.statusCode).toBe(421);
    expect(problem.strict().parse(answer.json()).title).toBe('Misdirected Request');
  });

  it.each(EVERY_PATH)('are refused at %s by their origin', async (url) => {
    const { app } = await openApi();
    const answer = await app.inject({ url, headers: { origin: 'https://evil.example' } });
    expect(answer.statusCode).toBe(403);
  });

  it.each(['https://evil.example', 'null', 'http://localhost:3000'])('cannot command from %s', async (origin) => {
    const record = await openTestRecord();
    await record.report([orderOf()]);
    const { app } = await buildTestApi({ record: record.db });
    for (const command of COMMANDS) {
      expect((await app.inject({ ...command, headers: { origin } })).statusCode).toBe(403);
    }
    expect(await record.db.loadQueuedCommands()).toEqual([]);
  });

  it('our own pages can', async () => {
    const { app } = await openApi();
    const headers = { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000' };
    for (const command of COMMANDS) expect((await app.inject({ ...command, headers })).statusCode).toBe(202);
  });

  it('get no CORS permission', async () => {
    const { app } = await openApi();
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await app.inject({ method: 'OPTIONS', url: '/api/orders', headers });
    expect(answer.statusCode).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('bodies', () => {
  it.each([
    ['application/x-www-form-urlencoded', 'account=A1&brokerOrderId=42'],
    ['text/plain', '{"account":"A1","brokerOrderId":"42"}'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/jsonp', '{}'],
    ['application/json-patch+json', '{}'],
    ['', '{}'],
  ])('of type %j are refused: a form of another site can send them unasked', async (type, payload) => {
    const { app } = await openApi();
    const answer = await app.inject({ ...TRACK, payload, headers: { 'content-type': type } });
    expect(answer.statusCode).toBe(415);
    expect(problem.strict().parse(answer.json()).detail).toContain('application/json');
  });

  it.each(['{', 'null', '[]', '"text"', '7', '', '{"account":"A1","brokerOrderId":42}', '{"__proto__":{"x":1}}'])(
    '%j is an error of the caller',
    async (payload) => {
      const { app } = await openApi();
      const answer = await app.inject({ ...TRACK, payload, headers: { 'content-type': 'application/json' } });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(problem.strict().safeParse(answer.json()).success).toBe(true);
    },
  );

  it('above 16 kB are refused', async () => {
    const { app } = await openApi();
    const payload = JSON.stringify({ account: 'A1', brokerOrderId: '4'.repeat(16 * 1024) });
    const answer = await app.inject({ ...TRACK, payload, headers: { 'content-type': 'application/json' } });
    expect(answer.statusCode).toBe(413);
    expect(problem.strict().parse(answer.json()).detail).toContain('16 kB');
  });
});

describe('addresses', () => {
  it.each([
    '/api/orders/1%27%20OR%201=1',
    '/api/orders/-1',
    '/api/orders/1.5',
    '/api/orders/0',
    '/api/orders/99999999999999999999',
    '/api/orders/1?asKnownAt=0',
    '/api/orders/1?asKnownAt=2026-01-05T15:00:00Z&asKnownAt=2026-01-05T15:00:00Z',
    '/api/orders/1?asOf=2026-01-05T15:00:00Z',
    '/api/orders?limit=501',
    '/api/orders?stauts=pending',
    '/api/orders?limit=1&limit=2',
    '/api/orders?cursor=AAAA',
    '/api/orders?q=%00',
    '/api/orders?__proto__[x]=1',
    '/api/audit?orderId=x',
    '/api/cycles?cursor=%00',
    '/api/events?lastEventId=-1',
    '/api/orders.csv?limit=5',
  ])('%s is refused, naming what is wrong', async (url) => {
    const { app } = await openApi();
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(400);
    const { errors = [] } = problem.strict().parse(answer.json());
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every(({ name, message }) => name !== '' && message !== '')).toBe(true);
  });

  it('that cannot be decoded are refused, with the same headers as everything', async () => {
    const { app } = await openApi();
    const answer = await app.inject('/api/orders/%ZZ');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers).toMatchObject({ 'content-type': expect.stringContaining('problem+json') });
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it.each(["%'; DROP TABLE orders; --", '\\', '_', '%', '💥'])('the text %j is only a text', async (text) => {
    const { app } = await openApi();
    const answer = await app.inject(`/api/orders?q=${encodeURIComponent(text)}`);
    expect(orderPage.parse(answer.json()).items).toEqual([]);
    expect(orderPage.parse((await app.inject('/api/orders')).json()).total).toBe(1);
  });

  it('unknown methods and paths are problems', async () => {
    const { app } = await openApi();
    for (const request of [{ method: 'DELETE', url: '/api/orders/1' }, { url: '/api/nothing' }] as const) {
      const answer = await app.inject(request);
      expect(answer.statusCode).toBe(404);
      expect(problem.strict().parse(answer.json()).status).toBe(404);
    }
  });
});

it('sends markup from the broker as JSON and as CSV text, never as a page', async () => {
  const record = await openTestRecord();
  const markup = '<script>alert(1)</script>';
  await record.report([
    orderOf({ brokerOrderId: '1', legs: [legOf({ symbol: markup })], brokerStatus: markup }),
    orderOf({ brokerOrderId: '2', legs: [legOf({ symbol: '=HYPERLINK("http://evil.example")' })], brokerStatus: '+1' }),
  ]);
  const { app } = await buildTestApi({ record: record.db });
  const listed = await app.inject('/api/orders');
  expect(listed.headers['content-type']).toContain('application/json');
  expect(listed.headers['x-content-type-options']).toBe('nosniff');
  expect(orderPage.parse(listed.json()).items.map(({ symbol }) => symbol)).toContain(markup);
  const csv = await app.inject('/api/orders.csv');
  expect(csv.headers['content-disposition']).toContain('attachment');
  expect(csv.body).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(csv.body).toContain(`,'+1,`);
});

describe('too much', () => {
  it('is 429 with a time to come back, but never for probes', async () => {
    const { app } = await openApi({ rateLimits: { requests: 5, wrongPasswords: 5 } });
    const statuses = [];
    for (let n = 1; n <= 6; n += 1) statuses.push((await app.inject('/api/orders')).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await app.inject('/nowhere');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(problem.strict().safeParse(refused.json()).success).toBe(true);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    expect((await app.inject('/readyz')).statusCode).toBe(200);
  });
});

describe('with a password', () => {
  const password = 'correct: horse';
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(`me:${text}`).toString('base64')}` });

  it('everything but /healthz asks for it', async () => {
    const { app } = await openApi({ password });
    for (const url of EVERY_PATH) {
      const answer = await app.inject(url);
      expect([url, answer.statusCode]).toEqual([url, url === '/healthz' ? 200 : 401]);
    }
    for (const command of COMMANDS) expect((await app.inject(command)).statusCode).toBe(401);
    const answer = await app.inject(REPOLL);
    expect(answer.headers['www-authenticate']).toContain('Basic realm=');
    expect(problem.strict().safeParse(answer.json()).success).toBe(true);
  });

  it('lets in who knows it, and nobody else', async () => {
    const { app } = await openApi({ password });
    expect((await app.inject({ url: '/api/orders', headers: basic(password) })).statusCode).toBe(200);
    for (const wrong of ['', 'correct', 'correct: horse ', 'Correct: horse']) {
      expect((await app.inject({ url: '/api/orders', headers: basic(wrong) })).statusCode).toBe(401);
    }
  });

  it('stops guessing after some wrong ones, on streams too', async () => {
    const { app } = await openApi({ password, rateLimits: { requests: 100, wrongPasswords: 3 } });
    const statuses = [];
    for (let n = 1; n <= 4; n += 1) {
      statuses.push((await app.inject({ url: '/api/events', headers: basic(`guess ${n}`) })).statusCode);
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
    expect((await app.inject({ url: '/api/orders', headers: basic(password) })).statusCode).toBe(429);
  });
});

it.each(['/', '/api/orders', '/nowhere', '/healthz'])('sends security headers with %s', async (url) => {
  const { app } = await openApi();
  const { headers } = await app.inject(url);
  expect(headers['content-security-policy']).toMatch(/^default-src 'self';/);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
  expect(headers).not.toHaveProperty('strict-transport-security');
  expect(JSON.stringify(headers)).not.toContain('upgrade-insecure-requests');
});

it('survives what is no HTTP at all', async () => {
  const { app } = await openApi();
  const { port } = new URL(await listen(app));
  const answers = [
    '\0\0\0\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET /\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: ${'x'.repeat(20_000)}`,
  ];
  for (const bytes of answers) {
    const socket = connect(Number(port), '127.0.0.1');
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (data) => (text += String(data))).on('close', () => resolve(text));
      socket.on('error', () => undefined).end(bytes);
    });
    expect(answer).toMatch(/^(HTTP\/1\.1 4|$)/);
  }
  expect((await app.inject('/healthz')).statusCode).toBe(200);
});
