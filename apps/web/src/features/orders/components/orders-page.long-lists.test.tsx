// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aFilledOrder, aFullOrder, anAuditRecord, anOrder, aPage } from '../../../testing/builders.ts';
import { cell, rowOf } from '../../../testing/order-rows.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, heardQueries, refuse, server } from '../../../testing/server.ts';

describe('many rows', () => {
  const hundreds = Array.from({ length: 200 }, (_, i) => anOrder({ id: 500 - i, symbol: `S${500 - i}` }));

  it('exist only where the screen is, and are counted in full', async () => {
    answer('get', '/api/orders', aPage(hundreds, { nextCursor: null, total: 9000 }));
    renderApp('/orders');
    const row = await rowOf('S500');
    expect(row.getAttribute('aria-rowindex')).toBe('2');
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('9001');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('say that nobody counted further, when nobody did', async () => {
    answer('get', '/api/orders', aPage(hundreds, { total: 10_000, totalIsCapped: true }));
    renderApp('/orders');
    expect(await screen.findByText('10,000 or more orders')).toBeTruthy();
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('-1');
  });

  it('are fetched page by page as the end comes near', async () => {
    const asked = new Set<string | null>();
    server.use(
      http.get('/api/orders', ({ request }) => {
        const cursor = new URL(request.url).searchParams.get('cursor');
        asked.add(cursor);
        return HttpResponse.json(
          cursor === null
            ? aPage([anOrder()], { nextCursor: 'more', total: 2 })
            : aPage([anOrder({ id: 2, symbol: 'AMD' })], { total: 2 }),
        );
      }),
    );
    renderApp('/orders');
    await rowOf('AMD');
    expect([...asked]).toEqual([null, 'more']);
  });
});

describe('a later page that fails', () => {
  const failOnce = (detail: string) => {
    const asked: string[] = [];
    server.use(
      http.get('/api/orders', ({ request }) => {
        const cursor = new URL(request.url).searchParams.get('cursor');
        if (cursor === null) return HttpResponse.json(aPage([anOrder()], { nextCursor: 'more', total: 2 }));
        asked.push(cursor);
        return HttpResponse.json({ type: 'about:blank', title: 'Problem', status: 500, detail }, { status: 500 });
      }),
    );
    return asked;
  };

  it('is asked for once, says so at the end of the rows, and is loaded on demand', async () => {
    const asked = failOnce('The record is locked.');
    const { user } = renderApp('/orders');
    const trouble = await screen.findByRole('alert');
    expect(trouble.textContent).toContain('The rest of the orders could not be loaded. The record is locked.');
    expect(await rowOf('GME')).toBeTruthy();
    await user.keyboard('jkjk');
    expect(asked).toEqual(['more']);
    answer('get', '/api/orders', aPage([anOrder({ id: 2, symbol: 'AMD' })], { total: 2 }));
    within(trouble).getByRole('button', { name: 'Try again' }).focus();
    await user.keyboard('{Enter}');
    expect(await rowOf('AMD')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Orders' })));
  });

  it('keeps the focus where it is when it fails again', async () => {
    const asked = failOnce('The record is locked.');
    const { user } = renderApp('/orders');
    await screen.findByRole('alert');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(asked).toHaveLength(2));
    await screen.findByText(/The rest of the orders could not be loaded/);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try again' }));
  });
});

describe('live changes of a list of which many pages are loaded', () => {
  /** One order on each page. */
  const listed = (...orders: ReturnType<typeof anOrder>[]) =>
    http.get('/api/orders', ({ request }) => {
      const at = Number(new URL(request.url).searchParams.get('cursor') ?? '0');
      const nextCursor = at + 1 < orders.length ? String(at + 1) : null;
      return HttpResponse.json(aPage(orders.slice(at, at + 1), { nextCursor, total: orders.length }));
    });
  const shown = () => screen.getAllByRole('link', { name: /^S\d+$/ }).map((link) => link.textContent);
  const filled = (id: number) => aFilledOrder({ id, symbol: `S${id}` });
  const openLive = async (address: string, lastSymbol: string) => {
    const app = renderApp(address);
    app.goLive();
    app.advance(400);
    await rowOf(lastSymbol);
    return app;
  };

  it('are not undone by a next page that was asked for before', async () => {
    let reply = () => {};
    let isFirst = true;
    const orders = [9, 8, 7, 6, 5].map((id) => anOrder({ id, symbol: `S${id}` }));
    server.use(
      http.get('/api/orders', ({ request }) => {
        if (!isFirst || !request.url.includes('cursor=4')) return undefined;
        isFirst = false;
        return new Promise<undefined>((resolve) => (reply = () => resolve(undefined)));
      }),
      listed(...orders),
    );
    const { emit, advance } = await openLive('/orders', 'S6');
    await waitFor(() => expect(isFirst).toBe(false));
    answer('get', '/api/orders/6', aFullOrder({ id: 6, symbol: 'S6', filledQuantity: '60' }));
    emit('message', anAuditRecord({ seq: 41, orderId: 6 }));
    advance(400);
    await waitFor(async () => expect(cell(await rowOf('S6'), 'quantity')).toBe('60/100'));
    reply();
    await rowOf('S5');
    expect(cell(await rowOf('S6'), 'quantity')).toBe('60/100');
  });

  it('bring in an order that newly belongs among the rows further down', async () => {
    server.use(listed(...[9, 8, 7, 5, 4].map(filled)));
    const { emit, advance, client } = await openLive('/orders?status=completed', 'S4');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    server.use(listed(...[9, 8, 7, 6, 5, 4].map(filled)));
    answer('get', '/api/orders/6', aFullOrder(filled(6)));
    emit('message', anAuditRecord({ seq: 41, orderId: 6 }));
    advance(400);
    await rowOf('S6');
    expect(await screen.findByText('6 orders')).toBeTruthy();
    await waitFor(() => expect(shown()).toEqual(['S9', 'S8', 'S7', 'S6', 'S5', 'S4']));
  });

  it('ask for no other page when they concern another tab', async () => {
    server.use(listed(...[9, 8, 7, 5, 4].map(filled)));
    const { emit, advance, client } = await openLive('/orders?status=completed', 'S4');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    const asked = heardQueries('/api/orders');
    const askedForOrder = heardQueries('/api/orders/6');
    answer('get', '/api/orders/6', aFullOrder({ id: 6 }));
    const before = client.getQueryState(['orders', { status: 'completed' }])?.dataUpdateCount ?? 0;
    emit('message', anAuditRecord({ seq: 41, orderId: 6 }));
    advance(400);
    await waitFor(() =>
      expect(client.getQueryState(['orders', { status: 'completed' }])?.dataUpdateCount).toBe(before + 1),
    );
    expect([asked, askedForOrder]).toEqual([['?status=completed&limit=100'], ['']]);
  });

  it('do not make rows look fresh that could not be loaded again', async () => {
    server.use(listed(...[9, 8, 7, 5, 4].map(filled)));
    const { emit, advance, client } = await openLive('/orders?status=completed', 'S4');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    refuse('get', '/api/orders', 429, 'Too many requests.');
    await client.invalidateQueries({ queryKey: ['orders'] });
    await screen.findByText(/These rows could not be refreshed/);
    server.use(listed(...[9, 8, 7, 5].map(filled), filled(3)));
    emit('message', anAuditRecord({ seq: 41, orderId: 9 }));
    advance(400);
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(shown()).toEqual(['S9', 'S8', 'S7', 'S5', 'S3']);
  });
});
