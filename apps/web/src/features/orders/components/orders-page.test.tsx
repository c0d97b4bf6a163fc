// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import {
  aCycle,
  aFilledOrder,
  aFullOrder,
  anAuditRecord,
  anOrder,
  aPage,
  aPoller,
  aReport,
  aSummary,
} from '../../../testing/builders.ts';
import { cell, rowOf } from '../../../testing/order-rows.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, heardQueries, refuse, server } from '../../../testing/server.ts';

describe('a row', () => {
  it('shows a part-filled order with every digit of its price', async () => {
    renderApp('/orders');
    const row = await rowOf('GME');
    expect(cell(row, 'side')).toBe('Buy');
    expect(cell(row, 'quantity')).toBe('40/100');
    expect(row.querySelector<HTMLElement>('[data-full]')?.style.width).toBe('40%');
    expect(cell(row, 'type')).toBe('Limit 22.80');
    expect(cell(row, 'price')).toBe('22.7299');
    expect(cell(row, 'value')).toBe('909.196');
    expect(cell(row, 'status')).toBe('FillingWORKING');
    expect(cell(row, 'latency')).toBe('1.4 s');
    expect(cell(row, 'closed')).toBe('—');
  });

  it('never rounds: prices and values that no float can hold', async () => {
    const order = aFilledOrder({ averagePrice: '9007199254740993.12345678', sum: '900719925474099312.345678' });
    answer('get', '/api/orders', aPage([order]));
    renderApp('/orders');
    const row = await rowOf('GME');
    expect(cell(row, 'price')).toBe('9,007,199,254,740,993.12345678');
    expect(cell(row, 'value')).toBe('900,719,925,474,099,312.345678');
  });

  it('shows a net price with its effect, and no value for legs that are different things', async () => {
    const order = aFilledOrder({
      averagePrice: null,
      sum: null,
      legCount: 4,
      netPrice: { amount: '1.25', effect: 'CREDIT' },
    });
    answer('get', '/api/orders', aPage([order]));
    renderApp('/orders');
    const row = await rowOf('GME +3');
    expect([cell(row, 'price'), cell(row, 'value')]).toEqual(['credit1.25', '—']);
  });

  it('shows no value for an option, whose sum is before the contract’s multiplier, and says so on hover', async () => {
    answer('get', '/api/orders', aPage([aFilledOrder({ assetType: 'OPTION', averagePrice: '5.08', sum: '10.16' })]));
    renderApp('/orders');
    const value = (await rowOf('GME')).querySelector('td[data-column="value"]');
    expect(value?.textContent).toBe('—');
    expect(value?.querySelector('[title]')?.getAttribute('title')).toBe(
      'Not known in USD: premium × contracts 10.16 (before the contract’s multiplier, 100 as a rule)',
    );
  });

  it('says unknown, and not a limit or nothing, when the broker filled without a price', async () => {
    answer(
      'get',
      '/api/orders',
      aPage([anOrder({ averagePrice: null, sum: null, flags: ['UNPRICED', 'OVERFILLED'] })]),
    );
    renderApp('/orders');
    const row = await rowOf('GME');
    expect(cell(row, 'price')).toBe('unknown');
    expect(cell(row, 'flags')).toBe('⚑ Unpriced+1');
  });

  it.each([
    ['VERIFIED', 'The account’s transactions agree', '✓'],
    ['DISAGREE', 'The account’s transactions disagree', '≠'],
  ] as const)('tells of a verdict %s in words and by a sign', async (verdict, text, sign) => {
    answer('get', '/api/orders', aPage([anOrder({ verdict })]));
    renderApp('/orders');
    const price = (await rowOf('GME')).querySelector('td[data-column="price"]');
    expect(price?.textContent).toBe(`${sign}${text}22.7299`);
  });

  it('makes room for the longest fraction, so that all points are below one another', async () => {
    answer('get', '/api/orders', aPage([anOrder(), aFilledOrder({ id: 2, symbol: 'AMD' })]));
    renderApp('/orders');
    await rowOf('AMD');
    expect(screen.getByRole('table').style.getPropertyValue('--price-digits')).toBe('8');
  });

  it('was checked when the last look ended that it is part of', async () => {
    const checked = { lastCheckedAt: '2026-01-05T14:59:30.000Z' } as const;
    answer(
      'get',
      '/api/orders',
      aPage([
        anOrder(),
        anOrder({ id: 2, symbol: 'AMD', ...checked, lookedAtWith: 'SWEEPS' }),
        anOrder({ id: 3, symbol: 'SPY', ...checked, lookedAtWith: null }),
      ]),
    );
    const { goLive } = renderApp('/orders');
    goLive({ lastCompleteAt: '2026-01-05T14:59:59.000Z', lastSweepAt: '2026-01-05T14:59:48.000Z' });
    expect(cell(await rowOf('GME'), 'checked')).toBe('1 s');
    expect(cell(await rowOf('AMD'), 'checked')).toBe('12 s');
    expect(cell(await rowOf('SPY'), 'checked')).toBe('30 s');
  });

  it('flashes when it changes, and not when it appears', async () => {
    const { client } = renderApp('/orders');
    expect((await rowOf('GME')).dataset['flash']).toBeUndefined();
    answer('get', '/api/orders', aPage([anOrder({ lastChangedAt: '2026-01-05T15:00:00.000Z' })]));
    await client.invalidateQueries({ queryKey: ['orders'] });
    await waitFor(async () => expect((await rowOf('GME')).dataset['flash']).toBe('odd'));
  });
});

describe('tabs, filters and order', () => {
  it('shows how many orders each tab has', async () => {
    answer(
      'get',
      '/api/summary',
      aSummary({ counts: { pending: 12, completed: 1234, failed: 3, attention: 1, all: 1249 } }),
    );
    renderApp('/orders?status=pending');
    const tabs = await screen.findByRole('navigation', { name: 'Orders by status' });
    await within(tabs).findByText('1,234');
    expect(
      within(tabs)
        .getAllByRole('link')
        .map((tab) => tab.textContent),
    ).toEqual(['Pending12', 'Filled1,234', 'Ended3', 'Attention1', 'All1,249']);
    expect(
      within(tabs)
        .getAllByRole('link', { current: 'page' })
        .map((tab) => tab.textContent),
    ).toEqual(['Pending12']);
  });

  it('goes to a tab and keeps the other filters', async () => {
    const asked = heardQueries('/api/orders');
    const { user, address } = renderApp('/orders?symbol=GME&sort=closedAt');
    await user.click(await screen.findByText('Ended'));
    expect(address()).toBe('/orders?symbol=GME&sort=closedAt&status=failed');
    await waitFor(() => expect(asked.at(-1)).toBe('?symbol=GME&sort=closedAt&status=failed&limit=100'));
  });

  it('writes what is typed into the address, once the person pauses', async () => {
    const { user, address } = renderApp('/orders?status=pending');
    await user.type(await screen.findByLabelText('Search'), '1059');
    await waitFor(() => expect(address()).toBe('/orders?status=pending&q=1059'));
    await user.clear(screen.getByLabelText('Search'));
    await waitFor(() => expect(address()).toBe('/orders?status=pending'));
  });

  it('writes account and dates into the address', async () => {
    const { user, address } = renderApp('/orders');
    await user.selectOptions(
      await screen.findByLabelText('Account'),
      await screen.findByRole('option', { name: 'A1 Bot' }),
    );
    await waitFor(() => expect(address()).toBe('/orders?account=A1'));
    await user.type(screen.getByLabelText('Entered from'), '2026-01-05');
    await waitFor(() => expect(address()).toBe('/orders?account=A1&from=2026-01-05'));
  });

  it('shows the filters of the address in their fields', async () => {
    renderApp('/orders?q=gm&symbol=GME&to=2026-01-06');
    expect((await screen.findByLabelText<HTMLInputElement>('Search')).value).toBe('gm');
    expect(screen.getByLabelText<HTMLInputElement>('Symbol').value).toBe('GME');
    expect(screen.getByLabelText<HTMLInputElement>('to').value).toBe('2026-01-06');
  });

  it('sorts by a click on a head, and turns round by another', async () => {
    const { user, address } = renderApp('/orders');
    await rowOf('GME');
    await user.click(screen.getByRole('link', { name: /Symbol/ }));
    expect(address()).toBe('/orders?sort=symbol');
    await waitFor(() =>
      expect(screen.getByRole('columnheader', { name: /Symbol/ }).getAttribute('aria-sort')).toBe('ascending'),
    );
    await user.click(screen.getByRole('link', { name: /Symbol/ }));
    expect(address()).toBe('/orders?sort=symbol&direction=desc');
  });

  it('offers exactly the same orders as CSV', async () => {
    renderApp('/orders?status=completed&q=gm&from=2026-01-05&sort=symbol');
    const link = await screen.findByRole('link', { name: 'CSV' });
    expect(link.getAttribute('href')).toBe('/api/orders.csv?status=completed&q=gm&from=2026-01-05&sort=symbol');
  });

  it('refuses an address with a filter that makes no sense, rather than show other orders', async () => {
    // React and the router report what a part of the page threw, caught or not.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const asked = heardQueries('/api/orders');
    renderApp('/orders?status=penidng');
    expect(await screen.findByText('This address makes no sense')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('status');
    expect(asked).toEqual([]);
  });

  it('leads from the home address to the orders', async () => {
    const { address } = renderApp('/');
    await rowOf('GME');
    expect(address()).toBe('/orders');
  });
});

describe('when there are no rows', () => {
  it('says that it loads', async () => {
    server.use(http.get('/api/orders', () => new Promise<never>(() => {})));
    renderApp('/orders');
    expect(await screen.findByText('Loading the orders')).toBeTruthy();
  });

  it('says what is empty, and offers a way out of filters that match nothing', async () => {
    answer('get', '/api/orders', aPage([]));
    const { user, address } = renderApp('/orders?status=pending');
    expect(await screen.findByText('Nothing is pending')).toBeTruthy();
    await user.type(screen.getByLabelText('Search'), 'zz');
    await user.click(await screen.findByRole('link', { name: 'Clear the filters' }));
    expect(address()).toBe('/orders?status=pending');
  });

  it('tells the reason of an error, and tries again', async () => {
    refuse('get', '/api/orders', 503, 'The record is being restored.');
    const { user } = renderApp('/orders');
    expect(await screen.findByText('The record is being restored.')).toBeTruthy();
    answer('get', '/api/orders', aPage([anOrder()]));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await rowOf('GME')).toBeTruthy();
  });

  it('keeps the rows when a refresh fails, and says from when they are', async () => {
    const { client } = renderApp('/orders');
    await rowOf('GME');
    refuse('get', '/api/orders', 500, 'The record is locked.');
    await client.invalidateQueries({ queryKey: ['orders'] });
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /could not be refreshed: they are as of .* The record is locked\./,
    );
    expect(await rowOf('GME')).toBeTruthy();
  });

  it('keeps the counts of the tabs when their refresh fails, and says from when they are', async () => {
    const { client } = renderApp('/orders');
    await screen.findByText('Pending');
    await waitFor(() => expect(screen.getByText('Pending').textContent).toBe('Pending1'));
    refuse('get', '/api/summary', 429, 'Too many requests.');
    await client.invalidateQueries({ queryKey: ['summary'] });
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /^The counts of orders could not be refreshed: they are as of .* Too many requests\.$/,
    );
  });

  it('says from when the rows are, and not when it last tried, however often it tries', async () => {
    const { client, goLive, emit, advance } = renderApp('/orders');
    goLive();
    advance(400);
    await rowOf('GME');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    const loadedAt = client.getQueryState(['orders', {}])?.dataUpdatedAt;
    refuse('get', '/api/orders', 429, 'Too many requests.');
    emit('message', anAuditRecord({ seq: 41 }));
    advance(400);
    await screen.findByText(/These rows could not be refreshed/);
    expect(client.getQueryState(['orders', {}])?.dataUpdatedAt).toBe(loadedAt);
  });

  it('leaves it to the banner to say from when the rows are, once the server is silent', async () => {
    const { client, goLive, fail, advance } = renderApp('/orders');
    goLive();
    await rowOf('GME');
    refuse('get', '/api/orders', 500, 'gone');
    refuse('get', '/api/poller', 500, 'gone');
    await client.invalidateQueries({ queryKey: ['orders'] });
    await screen.findByText(/could not be refreshed/);
    fail();
    advance(16_000);
    expect(await screen.findByText(/Everything below is as of/)).toBeTruthy();
    expect(screen.queryByText(/could not be refreshed/)).toBeNull();
  });

  it('says so when the server answers in a form that it does not know', async () => {
    answer('get', '/api/orders', { items: [{ id: 'one' }] });
    renderApp('/orders');
    expect(await screen.findByText(/in a form that this page does not know/)).toBeTruthy();
  });

  const noOrdersAtAll = () => {
    answer('get', '/api/orders', aPage([]));
    answer('get', '/api/summary', aSummary({ counts: { pending: 0, completed: 0, failed: 0, attention: 0, all: 0 } }));
  };

  it('tells a new user how to connect Schwab, until an account is known', async () => {
    noOrdersAtAll();
    answer('get', '/api/accounts', { items: [] });
    const { client } = renderApp('/orders');
    expect(await screen.findByRole('heading', { name: 'Connect Schwab' })).toBeTruthy();
    for (const words of ['developer.schwab.com', 'Ready for Use', 'npx -y pnpm@10.34.9 poller login']) {
      expect(screen.getByText(words)).toBeTruthy();
    }
    server.resetHandlers();
    noOrdersAtAll();
    await client.invalidateQueries({ queryKey: ['accounts'] });
    expect(await screen.findByRole('heading', { name: 'Connected, no orders yet' })).toBeTruthy();
  });

  it.each([
    ['Sign in to Schwab', []],
    ['Sign in to Schwab again', [{ id: 'A1', maskedNumber: '…4321', label: null, enabled: true }]],
  ])('asks to sign in when that is what is missing: %s', async (title, items) => {
    noOrdersAtAll();
    answer('get', '/api/accounts', { items });
    answer('get', '/api/poller', aPoller({ lastCycle: aCycle({ outcome: 'failed', errorKind: 'sign-in-needed' }) }));
    renderApp('/orders');
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
  });

  it('says what is watched, and how to track an order, when there was none yet', async () => {
    noOrdersAtAll();
    const { user } = renderApp('/orders');
    expect(await screen.findByText(/Watched: A1 …4321\./)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Track by its id' }));
    expect(await screen.findByRole('dialog', { name: 'Track an order' })).toBeTruthy();
  });

  it('asks for patience in the demo instead', async () => {
    answer('get', '/api/orders', aPage([]));
    answer(
      'get',
      '/api/summary',
      aSummary({ demo: true, counts: { pending: 0, completed: 0, failed: 0, attention: 0, all: 0 } }),
    );
    renderApp('/orders');
    expect(await screen.findByText('The demo begins')).toBeTruthy();
  });
});

describe('the keyboard', () => {
  const three = aPage([anOrder(), anOrder({ id: 2, symbol: 'AMD' }), anOrder({ id: 3, symbol: 'SPY' })]);

  it('goes down with j, up with k, and stops at the ends', async () => {
    answer('get', '/api/orders', three);
    const { user } = renderApp('/orders');
    await rowOf('SPY');
    const walked: (string | null | undefined)[] = [];
    for (const key of ['j', 'j', 'j', 'j', 'k', 'k', 'k']) {
      await user.keyboard(key);
      walked.push(document.activeElement?.textContent);
    }
    expect(walked).toEqual(['GME', 'AMD', 'SPY', 'SPY', 'AMD', 'GME', 'GME']);
  });

  it('opens with enter', async () => {
    answer('get', '/api/orders', three);
    const { user, address } = renderApp('/orders');
    await rowOf('SPY');
    await user.keyboard('jj{Enter}');
    await waitFor(() => expect(address()).toBe('/orders/2'));
  });

  it('re-polls the row with r, and says what came of it', async () => {
    answer('get', '/api/orders', three);
    const asked = heardQueries('/api/orders/2/repoll');
    const { user } = renderApp('/orders');
    await rowOf('SPY');
    await user.keyboard('r');
    await user.keyboard('jjr');
    expect(await screen.findByText('Buy 100 AMD: checked just now: 60 of 100 at 22.7299, nothing new')).toBeTruthy();
    expect(asked).toEqual(['']);
  });

  it('goes to the search with /, and letters are letters there', async () => {
    const { user } = renderApp('/orders');
    await rowOf('GME');
    await user.keyboard('/');
    await user.keyboard('jr?');
    const box = screen.getByLabelText<HTMLInputElement>('Search');
    expect([document.activeElement, box.value]).toEqual([box, 'jr?']);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('live changes', () => {
  it('bring a row up to date', async () => {
    const { goLive, emit, advance } = renderApp('/orders');
    goLive();
    advance(400);
    await rowOf('GME');
    answer('get', '/api/orders', aPage([aFilledOrder()]));
    answer('get', '/api/summary', aSummary({ counts: { pending: 0, completed: 2, failed: 0, attention: 0, all: 2 } }));
    emit('message', anAuditRecord({ seq: 41 }));
    advance(400);
    await waitFor(async () => expect(cell(await rowOf('GME'), 'price')).toBe('22.53457867'));
    expect(await screen.findByText('Pending')).toBeTruthy();
    await waitFor(() => expect(screen.getByText('Pending').textContent).toBe('Pending0'));
  });

  it('cost one refresh for a burst', async () => {
    const { goLive, emit, advance, client } = renderApp('/orders');
    goLive();
    advance(400);
    await rowOf('GME');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    const asked = heardQueries('/api/orders');
    for (let seq = 41; seq < 91; seq += 1) emit('message', anAuditRecord({ seq }));
    advance(400);
    await waitFor(() => expect(asked).toHaveLength(1));
    await waitFor(() => expect(client.isFetching()).toBe(0));
    expect(asked).toEqual(['?limit=100']);
  });

  it('fetch the first page and the changed row alone when many pages are loaded', async () => {
    const pages = 5;
    const page = (number: number) =>
      aPage([anOrder({ id: 50 - number, symbol: `S${number}` })], {
        nextCursor: number < pages ? String(number + 1) : null,
        total: pages,
      });
    server.use(
      http.get('/api/orders', ({ request }) =>
        HttpResponse.json(page(Number(new URL(request.url).searchParams.get('cursor') ?? '1'))),
      ),
    );
    const { goLive, emit, advance, client } = renderApp('/orders');
    goLive();
    advance(400);
    await rowOf('S5');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    const asked = heardQueries('/api/orders');
    answer('get', '/api/orders/46', aFullOrder({ id: 46, symbol: 'S4', filledQuantity: '60' }));
    emit('message', anAuditRecord({ seq: 41, orderId: 46 }));
    advance(400);
    await waitFor(async () => expect(cell(await rowOf('S4'), 'quantity')).toBe('60/100'));
    expect(asked).toEqual(['?limit=100']);
    expect(screen.getAllByRole('link', { name: /^S\d$/ }).map((link) => link.textContent)).toEqual([
      'S1',
      'S2',
      'S3',
      'S4',
      'S5',
    ]);
  });
});

describe('tracking an order', () => {
  const open = async () => {
    const app = renderApp('/orders');
    await rowOf('GME');
    await app.user.keyboard('n');
    const dialog = within(await screen.findByRole('dialog', { name: 'Track an order' }));
    await dialog.findByRole('option', { name: /A1 Bot/ });
    return { ...app, dialog, id: dialog.getByLabelText('Schwab’s order id') };
  };

  it.each(['', '0123', '12ab', '12345678901234567890'])('refuses the id "%s" without asking the server', async (id) => {
    const asked = heardQueries('/api/orders');
    const { user, dialog, id: field } = await open();
    const before = asked.length;
    if (id !== '') await user.type(field, id);
    await user.click(dialog.getByRole('button', { name: 'Track' }));
    expect(dialog.getByRole('alert').textContent).toBe('An order id has 1 to 19 digits and nothing else.');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(asked).toHaveLength(before);
  });

  it('sends the id as text, all 19 digits of it, and goes to the order', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post('/api/orders', async ({ request }) => {
        bodies.push(await request.text(), request.headers.get('prefer'));
        return HttpResponse.json(
          aReport({ kind: 'TRACK', outcome: { tracked: true, alreadyTracked: false }, orderId: 1 }),
        );
      }),
    );
    const { user, dialog, id, address } = await open();
    await user.type(id, ' 9223372036854775807 ');
    await user.click(dialog.getByRole('button', { name: 'Track' }));
    await waitFor(() => expect(address()).toBe('/orders/1'));
    expect(bodies).toEqual(['{"account":"A1","brokerOrderId":"9223372036854775807"}', 'wait=10']);
    expect(screen.getByText('1059685024001 is tracked from now on.')).toBeTruthy();
  });

  it('says that the command is kept when no poller is at work', async () => {
    answer(
      'post',
      '/api/orders',
      aReport({ state: 'QUEUED', outcome: null, appliedAt: null, pollerState: 'stopped', orderId: null }),
      202,
    );
    const { user, dialog, id } = await open();
    await user.type(id, '7');
    await user.click(dialog.getByRole('button', { name: 'Track' }));
    expect(
      await screen.findByText('Kept, but no poller is at work: it will be carried out when a poller runs.'),
    ).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows what the server and what the poller object to', async () => {
    refuse('post', '/api/orders', 404, 'There is no account A1.');
    const { user, dialog, id } = await open();
    await user.type(id, '7');
    await user.click(dialog.getByRole('button', { name: 'Track' }));
    expect(await dialog.findByText('There is no account A1.')).toBeTruthy();
    answer('post', '/api/orders', aReport({ state: 'FAILED', outcome: { problem: 'there is no account A9' } }));
    await user.click(dialog.getByRole('button', { name: 'Track' }));
    expect(await dialog.findByText('It cannot be tracked: there is no account A9.')).toBeTruthy();
  });
});
