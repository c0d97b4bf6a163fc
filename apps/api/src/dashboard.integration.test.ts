/** Serving the built dashboard from a folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { buildTestApi, listen, type TestApi } from './testing/api.ts';
import { openTestRecord, temporaryFolder } from './testing/record.ts';

const PAGE = { accept: 'text/html,application/xhtml+xml' };

async function serveBuilt(): Promise<TestApi> {
  const folder = join(temporaryFolder(), 'dist');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Dashboard</title>');
  writeFileSync(join(folder, 'assets', 'index-BxYz_123.js'), 'export {};');
  writeFileSync(join(folder, '.secret'), 'not for anybody');
  writeFileSync(join(folder, '..', 'outside.txt'), 'outside of the folder');
  const { db } = await openTestRecord();
  return await buildTestApi({ record: db, config: { dashboardFolder: folder } });
}

it.each(['/', '/orders/7', '/poller?range=1h'])(
  'gives the one document at %s, asked for again each time',
  async (url) => {
    const { app } = await serveBuilt();
    const answer = await app.inject({ url, headers: PAGE });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<title>Dashboard</title>');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  },
);

it('lets browsers keep hashed files for ever', async () => {
  const { app } = await serveBuilt();
  const answer = await app.inject('/assets/index-BxYz_123.js');
  expect(answer.headers['cache-control']).toContain('immutable');
  expect(answer.headers['content-type']).toContain('javascript');
});

it.each(['/api/unknown', '/api', '/assets/index-00000000.js', '/docs/nothing'])(
  'does not pass its document off as %s',
  async (url) => {
    const { app } = await serveBuilt();
    const answer = await app.inject({ url, headers: PAGE });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('problem+json');
  },
);

it.each([
  ['a program', { url: '/orders/7', headers: { accept: 'application/json' } }],
  ['another method', { method: 'POST', url: '/orders/7', headers: PAGE }],
] as const)('gives no document to %s', async (_who, injection) => {
  const { app } = await serveBuilt();
  expect((await app.inject(injection)).statusCode).toBe(404);
});

it.each([
  '/../outside.txt',
  '/..%2foutside.txt',
  '/%2e%2e/outside.txt',
  '/assets/../../outside.txt',
  '/assets/..%5c..%5coutside.txt',
  '//outside.txt',
  '/.secret',
  '/%00',
  '/assets/',
])('never leaves its folder: %s', async (path) => {
  const { app } = await serveBuilt();
  const { port } = new URL(await listen(app));
  // Written by hand: URL parsers would tidy the path up before it is sent.
  const body = await new Promise<string>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers: { accept: '*/*' } }, (response) => {
      let text = '';
      response.on('data', (data) => (text += String(data))).on('end', () => resolve(`${response.statusCode} ${text}`));
    });
    asked.on('error', reject).end();
  });
  expect(body).toMatch(/^4\d\d /);
  expect(body).not.toMatch(/outside of|not for anybody/);
});

it('says at / that the API is up when no dashboard is built', async () => {
  const { db } = await openTestRecord();
  const { app } = await buildTestApi({ record: db });
  const answer = await app.inject({ url: '/', headers: PAGE });
  expect(answer.headers['content-type']).toContain('text/html');
  expect(answer.body).toContain('The API is up');
  expect((await app.inject({ url: '/orders/7', headers: PAGE })).statusCode).toBe(404);
});
