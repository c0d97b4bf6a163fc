import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  aCycle,
  aFullOrder,
  anOrder,
  aPage,
  aPoller,
  aReport,
  aSignInStatus,
  aSummary,
  noOrphans,
} from './builders.ts';

/** What the API answers unless a test says otherwise: two orders, a running poller. */
const usual = [
  http.get('/api/summary', () => HttpResponse.json(aSummary())),
  http.get('/api/accounts', () =>
    HttpResponse.json({ items: [{ id: 'A1', maskedNumber: '…4321', label: 'Bot', enabled: true }] }),
  ),
  http.get('/api/orders', () => HttpResponse.json(aPage([anOrder()]))),
  http.get('/api/orders/:id', () => HttpResponse.json(aFullOrder())),
  http.get('/api/poller', () => HttpResponse.json(aPoller())),
  http.get('/api/cycles', () => HttpResponse.json({ items: [aCycle()], nextCursor: null })),
  http.get('/api/blind-spots', () => HttpResponse.json({ items: [], nextCursor: null })),
  http.get('/api/orphans', () => HttpResponse.json(noOrphans())),
  http.get('/api/alerts', () => HttpResponse.json({ items: [], nextCursor: null })),
  http.get('/api/sign-in', () => HttpResponse.json(aSignInStatus())),
  http.post('/api/orders/:id/repoll', () => HttpResponse.json(aReport())),
  http.post('/api/orders', () => HttpResponse.json(aReport({ kind: 'TRACK' }))),
];

export const server = setupServer(...usual);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** Answers an address from now on, until the test ends. */
export function answer(method: 'get' | 'post', path: string, body: JsonBodyType, status = 200): void {
  server.use(http[method](path, () => HttpResponse.json(body, { status })));
}

/** Answers with a problem, as every error of the API is. */
export function refuse(method: 'get' | 'post', path: string, status: number, detail: string): void {
  answer(method, path, { type: 'about:blank', title: 'Problem', status, detail }, status);
}

/** The query strings with which a path is asked, from now on. */
export function heardQueries(path: string): string[] {
  const queries: string[] = [];
  server.events.on('request:start', ({ request }) => {
    const url = new URL(request.url);
    if (url.pathname === path) queries.push(url.search);
  });
  return queries;
}
