// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aFilledOrder, anAuditRecord, anOrder, aPage, aReport } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, heardQueries, server } from '../../../testing/server.ts';

const SYMBOLS = ['GME', 'AMD', 'SPY', 'QQQ'];
const orders = SYMBOLS.map((symbol, i) => anOrder({ id: i + 1, symbol, brokerOrderId: `100${i + 1}` }));

async function open(address = '/orders', rows = orders) {
  answer('get', '/api/orders', aPage(rows));
  const app = renderApp(address);
  await screen.findByRole('link', { name: 'SPY' });
  return app;
}

const box = (symbol: string) => screen.getByRole<HTMLInputElement>('checkbox', { name: `Select Buy 100 ${symbol}` });
const all = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /Select (all|the first)/ });
const selected = () =>
  screen.getAllByRole('row', { selected: true }).map((row) => within(row).getByRole('link').textContent);
const bar = () => within(screen.getByRole('region', { name: 'Selected orders' }));
const noBar = () => expect(screen.queryByRole('region', { name: 'Selected orders' })).toBeNull();

describe('selecting orders', () => {
  it('takes rows by their checkboxes, and says how many', async () => {
    const { user } = await open();
    noBar();
    await user.click(box('GME'));
    await user.click(box('SPY'));
    expect(selected()).toEqual(['GME', 'SPY']);
    expect(bar().getByRole('status').textContent).toBe('2 selected');
    await user.click(box('GME'));
    expect(selected()).toEqual(['SPY']);
  });

  it('takes a range with Shift, on the checkbox or on the row, and opens no order by it', async () => {
    const { user, address } = await open();
    await user.click(box('GME'));
    await user.keyboard('{Shift>}');
    await user.click(box('SPY'));
    expect(selected()).toEqual(['GME', 'AMD', 'SPY']);
    await user.click(screen.getAllByText('Limit 22.80')[3] ?? expect.unreachable('no fourth row'));
    await user.keyboard('{/Shift}');
    expect(selected()).toEqual(SYMBOLS);
    expect(address()).toBe('/orders');
  });

  it('takes all that is loaded by the head, and none by another click', async () => {
    const { user } = await open();
    await user.click(box('AMD'));
    expect([all().checked, all().indeterminate]).toEqual([false, true]);
    await user.click(all());
    expect([selected(), all().checked, all().indeterminate]).toEqual([SYMBOLS, true, false]);
    await user.click(all());
    noBar();
  });

  it('takes 50 at most, and says so', async () => {
    const many = Array.from({ length: 80 }, (_, i) => anOrder({ id: i + 1, symbol: i === 0 ? 'SPY' : `S${i}` }));
    const { user } = await open('/orders', many);
    expect(all().getAttribute('aria-label')).toBe('Select the first 50 orders');
    await user.click(all());
    expect(bar().getByRole('status').textContent).toBe('50 selected, the most at once');
  });

  it('takes the active row with x and with Space, also after a click on a checkbox, and none with Escape', async () => {
    const { user } = await open();
    await user.keyboard('x');
    noBar();
    await user.keyboard('jx');
    await user.keyboard('j ');
    expect(selected()).toEqual(['GME', 'AMD']);
    await user.click(box('SPY'));
    await user.keyboard('jx');
    expect(selected()).toEqual(SYMBOLS);
    await user.keyboard('kx');
    await user.keyboard('{Escape}');
    noBar();
  });

  it('leaves Space to a checkbox that has the focus', async () => {
    const { user } = await open();
    box('GME').focus();
    await user.keyboard(' ');
    expect(selected()).toEqual(['GME']);
  });

  it('is given up by Clear, which leaves the focus at the list', async () => {
    const { user } = await open();
    await user.click(box('GME'));
    await user.click(bar().getByRole('button', { name: 'Clear' }));
    noBar();
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Orders' }));
  });

  it('outlives live changes', async () => {
    const { user, goLive, emit, advance } = await open();
    goLive();
    advance(400);
    await user.click(box('GME'));
    answer('get', '/api/orders', aPage([anOrder({ id: 9, symbol: 'NEW' }), aFilledOrder(), ...orders.slice(1)]));
    emit('message', anAuditRecord({ seq: 41 }));
    advance(400);
    await screen.findByRole('link', { name: 'NEW' });
    expect(selected()).toEqual(['GME']);
  });

  it('stays when the list is sorted anew, and is dropped when the filter changes, also on the way back', async () => {
    const { user, address } = await open();
    await user.click(box('GME'));
    await user.click(screen.getByRole('link', { name: /^Symbol/ }));
    await waitFor(() => expect(address()).toContain('sort=symbol'));
    expect(selected()).toEqual(['GME']);
    const tabs = within(screen.getByRole('navigation', { name: 'Orders by status' }));
    await user.click(tabs.getByText('Pending'));
    await waitFor(() => expect(address()).toContain('status=pending'));
    noBar();
    await user.click(tabs.getByText('All'));
    await waitFor(() => expect(address()).not.toContain('status'));
    noBar();
  });
});

describe('re-polling a selection', () => {
  it('asks about each order once, tells how far it is, and says in one line what came of it', async () => {
    const held: (() => void)[] = [];
    const asked: string[] = [];
    server.use(
      http.post('/api/orders/:id/repoll', async ({ params }) => {
        asked.push(String(params['id']));
        await new Promise<void>((resolve) => held.push(resolve));
        if (params['id'] === '2') {
          return HttpResponse.json(aReport({ state: 'FAILED', outcome: { problem: 'the broker says to wait' } }));
        }
        return HttpResponse.json(aReport());
      }),
    );
    const { user } = await open();
    for (const symbol of ['GME', 'AMD', 'SPY']) await user.click(box(symbol));
    await user.click(bar().getByRole('button', { name: 'Re-poll' }));
    expect(bar().getByRole('status').textContent).toBe('0 of 3 checked');
    await waitFor(() => expect(held).toHaveLength(3));
    held[0]?.();
    await waitFor(() => expect(bar().getByRole('status').textContent).toBe('1 of 3 checked'));
    await user.keyboard('R');
    for (const answerIt of held) answerIt();
    expect(
      await screen.findByText(
        '2 of 3 checked, nothing new. Buy 100 AMD (1002): Could not be checked: the broker says to wait.',
      ),
    ).toBeTruthy();
    expect(asked.toSorted()).toEqual(['1', '2', '3']);
    expect(bar().getByRole('status').textContent).toBe('3 selected');
  });

  it('begins with R, and no further ones after Stop', async () => {
    const held: (() => void)[] = [];
    server.use(
      http.post('/api/orders/:id/repoll', async () => {
        await new Promise<void>((resolve) => held.push(resolve));
        return HttpResponse.json(aReport());
      }),
    );
    const { user } = await open();
    await user.click(all());
    await user.keyboard('R');
    await waitFor(() => expect(held).toHaveLength(3));
    await user.click(bar().getByRole('button', { name: 'Stop' }));
    for (const answerIt of held) answerIt();
    expect(await screen.findByText('3 of 4 checked, nothing new. Stopped before 1 other.')).toBeTruthy();
    expect(held).toHaveLength(3);
  });

  it('brings the list up to date once, however many orders were asked about', async () => {
    const { user, client } = await open();
    await user.click(all());
    await waitFor(() => expect(client.isFetching()).toBe(0));
    const asked = heardQueries('/api/orders');
    await user.keyboard('R');
    await screen.findByText('4 checked, nothing new.');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    expect(asked).toHaveLength(1);
  });

  it('is told of in the help', async () => {
    const { user } = await open();
    await user.keyboard('?');
    const help = within(await screen.findByRole('dialog', { name: 'Keyboard' }));
    expect(help.getByText('ask the broker about all selected orders now')).toBeTruthy();
  });
});
