/** Canaries: what must never leave is put everywhere it could come from, and looked for everywhere it could go. */
import { orderOf } from '@fill-tracker/domain/testing';
import type { InjectOptions } from 'fastify';
import { expect, it } from 'vitest';
import { buildTestApi } from './testing/api.ts';
import { NOW, openTestRecord } from './testing/record.ts';

const CANARIES = {
  password: 'canary-password',
  hash: 'CANARYHASH123',
  signInCode: 'canary-code',
  wrongPassword: 'canary-wrong',
} as const;

const GETS = [
  '/',
  '/api/orders',
  '/api/orders.csv',
  '/api/orders/1',
  '/api/orders/1?asKnownAt=2026-01-05T15:01:00Z',
  '/api/orders/canary-wrong',
  '/api/orphans',
  '/api/sign-in',
  '/api/summary',
  '/api/poller',
  '/api/cycles',
  '/api/audit',
  '/api/accounts',
  '/api/fills',
  '/api/alerts',
  '/api/commands/1',
  '/readyz',
  '/metrics',
  '/openapi.json',
];

it('no account hash, password or sign-in code is in any answer or log', async () => {
  const record = await openTestRecord();
  await record.db.upsertAccount({ hash: CANARIES.hash, maskedNumber: '...0001' });
  await record.report([orderOf()], { accountId: 'A3' });
  await record.db.enqueueCommand({
    kind: 'SIGN_IN',
    accountId: null,
    brokerOrderId: null,
    orderId: null,
    payload: { code: CANARIES.signInCode },
    requestedBy: 'cli',
    requestedAt: NOW,
  });
  const api = await buildTestApi({ record: record.db, password: CANARIES.password });
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(`me:${text}`).toString('base64')}` });
  const answers: string[] = [];
  const ask = async (injection: InjectOptions): Promise<number> => {
    const answer = await api.app.inject(injection);
    answers.push(JSON.stringify(answer.headers), answer.body);
    return answer.statusCode;
  };
  for (const url of GETS) {
    const isOdd = url.endsWith(CANARIES.wrongPassword);
    expect(await ask({ url, headers: basic(CANARIES.password) }), url).toBe(isOdd ? 400 : 200);
  }
  const headers = basic(CANARIES.password);
  expect(await ask({ method: 'POST', url: '/api/orders/1/repoll', headers })).toBe(202);
  const redirect = `https://127.0.0.1/?code=${CANARIES.signInCode}`;
  const payload = { redirect };
  expect(await ask({ method: 'POST', url: '/api/sign-in', headers, payload })).toBe(202);
  expect(await ask({ method: 'POST', url: '/api/sign-in', headers, payload: { ...payload, more: redirect } })).toBe(
    400,
  );
  expect(await ask({ url: '/api/orders', headers: basic(CANARIES.wrongPassword) })).toBe(401);
  // A failure that nobody foresaw is logged in full, and answered in general.
  await record.db.close();
  const text = [...answers, api.logged()].join('\n');
  for (const canary of Object.values(CANARIES)) expect(text).not.toContain(canary);
  expect(text).not.toContain(Buffer.from(`me:${CANARIES.password}`).toString('base64'));
  expect(api.logged()).toContain('command queued');
});

it('an error that nobody foresaw is logged, and the caller learns nothing of it', async () => {
  const record = await openTestRecord();
  const broken = { ...record.db, listAccounts: () => Promise.reject(new Error('disk /dev/canary failed')) };
  const api = await buildTestApi({ record: broken });
  const answer = await api.app.inject('/api/accounts');
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('canary');
  expect(api.logged()).toContain('disk /dev/canary failed');
});
