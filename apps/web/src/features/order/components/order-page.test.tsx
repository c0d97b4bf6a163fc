// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aFill, aFullOrder, anAuditRecord, anOrder, aReport, NOW } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, heardQueries, refuse, server } from '../../../testing/server.ts';

const panel = (name: string) => screen.findByRole('region', { name });
const THREE_FILLS = aFullOrder({
  status: 'COMPLETED',
  outcome: 'FILLED',
  brokerStatus: 'FILLED',
  filledQuantity: '75',
  quantity: '75',
  averagePrice: '22.53457867',
  sum: '1690.0934',
  closedAt: '2026-01-05T14:59:30.000Z',
  legs: [
    {
      legId: '1',
      instruction: 'BUY',
      symbol: 'GME',
      assetType: 'EQUITY',
      quantity: '75',
      filledQuantity: '75',
      sum: '1690.0934',
      averagePrice: '22.53457867',
    },
  ],
  fills: [
    aFill({ key: 'a', quantity: '12', price: '22.5352' }),
    aFill({ key: 'b', quantity: '22', price: '22.5342' }),
    aFill({ key: 'c', quantity: '41', price: '22.5346', occurredAt: '2026-01-05T14:59:30.000Z' }),
  ],
});

describe('an order', () => {
  it('is named and shown with its facts', async () => {
    renderApp('/orders/1');
    expect(await screen.findByRole('heading', { level: 1, name: 'Buy 100 GME' })).toBeTruthy();
    const facts = (await panel('At a glance')).textContent;
    for (const fact of ['22.7299', '40/100', 'Limit 22.80', '909.196', '1059685024001', 'A1 …4321', '1.4 s at most']) {
      expect(facts).toContain(fact);
    }
  });

  it('shows the arithmetic behind its price, as the record has it', async () => {
    answer('get', '/api/orders/1', THREE_FILLS);
    renderApp('/orders/1');
    const proof = (await panel('Why this price')).textContent;
    expect(proof).toContain('12 × 22.5352 + 22 × 22.5342 + 41 × 22.5346 = 1,690.0934');
    expect(proof).toContain('1,690.0934 ÷ 75 = 22.53457867 rounded half up to 8 decimals');
  });

  it('says that there is no price where nothing filled', async () => {
    const leg = {
      ...THREE_FILLS.legs[0],
      legId: '1',
      instruction: 'BUY',
      symbol: 'GME',
      assetType: 'EQUITY',
      quantity: '75',
    };
    const legs = [{ ...leg, filledQuantity: '0', sum: '0', averagePrice: null }];
    answer('get', '/api/orders/1', aFullOrder({ legs, fills: [], filledQuantity: '0', averagePrice: null, sum: '0' }));
    renderApp('/orders/1');
    expect((await panel('Why this price')).textContent).toContain('A limit is not a price that anybody paid.');
  });

  it('does not say that nothing filled where the broker cannot be understood', async () => {
    const unread = { flags: ['REPORT_UNREADABLE'], brokerStatus: null, status: 'PENDING' as const, outcome: null };
    answer('get', '/api/orders/1', aFullOrder({ ...unread, legs: [], fills: [], averagePrice: null, sum: null }));
    renderApp('/orders/1');
    const proof = (await panel('Why this price')).textContent;
    expect(proof).toContain('cannot be read, so nobody here knows whether it filled');
    expect(proof).not.toContain('Nothing has filled');
  });

  it.each([
    [
      {},
      'This price was taken over from the older bot’s record. The broker has not confirmed it yet, so no fills are behind it. Stop the poller and run poller backfill: it asks the broker for the fills.',
    ],
    [{ averagePrice: null, sum: null, priceCents: 0 }, 'the older bot’s record, which names no price for it.'],
    [{ brokerOrderId: null }, 'It has no order id, so the broker cannot be asked about it.'],
    [{ flags: [] }, 'This price was taken over from the older bot’s record.'],
  ])('taken over from an older record, with %j, says what its price rests on', async (part, text) => {
    const imported = aFullOrder({ source: 'IMPORTED', flags: ['NOT_BACKFILLED'], averagePrice: '22.73', ...part });
    const legs = imported.legs.map((leg) => ({ ...leg, filledQuantity: '0', sum: '0', averagePrice: null }));
    answer('get', '/api/orders/1', { ...imported, legs, fills: [] });
    renderApp('/orders/1');
    const proof = (await panel('Why this price')).textContent;
    expect(proof).toContain(text);
    expect(proof).not.toContain('Nothing has filled');
  });

  it('does not call the sum of an option USD, which is before the contract’s multiplier', async () => {
    const option = { assetType: 'OPTION', averagePrice: '5.08', sum: '10.16', filledQuantity: '2', quantity: '2' };
    const chainTotals = { filledQuantity: '2', sum: '10.16', averagePrice: '5.08' };
    answer('get', '/api/orders/1', aFullOrder({ ...option, chainTotals, chain: [anOrder(), anOrder({ id: 9 })] }));
    renderApp('/orders/1');
    const facts = (await panel('At a glance')).textContent;
    expect(facts).toContain('Premium × contracts10.16 before the contract’s multiplier, 100 as a rule');
    expect(facts).not.toContain('USD');
    expect((await panel('Replacements')).textContent).toContain(
      'Together: 2 filled at 5.08 on average, premium × contracts 10.16 (before the contract’s multiplier, 100 as a rule).',
    );
  });

  it('tells the day of every fill once they are of several days', async () => {
    const fills = [aFill(), aFill({ key: 'b', occurredAt: '2026-01-06T15:30:00.000Z' })];
    answer('get', '/api/orders/1', aFullOrder({ fills }));
    renderApp('/orders/1');
    const rows = within(await panel('Fills')).getAllByRole('row');
    expect(rows.map((row) => row.querySelector('td')?.textContent).slice(1)).toEqual([
      'Jan 5, 09:59:00',
      'Jan 6, 10:30:00',
    ]);
  });

  it('tells the day of a fill that was taken back on a later one', async () => {
    const withdrawnFills = [{ ...aFill({ key: 'bust' }), withdrawnAt: '2026-01-06T13:00:00.000Z' }];
    answer('get', '/api/orders/1', aFullOrder({ fills: [], withdrawnFills }));
    renderApp('/orders/1');
    expect((await panel('Fills')).textContent).toContain('Jan 5, 09:59:00 version 1taken back at Jan 6, 08:00:00,');
  });

  it('tells its story from entry to end, with every fill on it', async () => {
    answer('get', '/api/orders/1', THREE_FILLS);
    renderApp('/orders/1');
    const events = within(await panel('Timeline')).getAllByRole('listitem');
    expect(events.map((event) => event.textContent)).toEqual([
      'EnteredBuy 75 GME, Limit 22.80Mon, Jan 5, 2026, 09:58:00',
      'Fill12 at 22.5352Mon, Jan 5, 2026, 09:59:00',
      'Fill22 at 22.5342Mon, Jan 5, 2026, 09:59:00',
      'Fill41 at 22.5346Mon, Jan 5, 2026, 09:59:30',
      'ClosedFilledMon, Jan 5, 2026, 09:59:30',
    ]);
  });

  it('tells of a fill that was found late, and why', async () => {
    const fills = [aFill({ foundLate: { id: 4, cause: 'network' } }), aFill({ key: 'a2' })];
    answer('get', '/api/orders/1', aFullOrder({ fills }));
    renderApp('/orders/1');
    const rows = within(await panel('Fills'))
      .getAllByRole('row')
      .slice(1);
    expect(rows.map(({ textContent }) => textContent?.includes('found late: the broker could not be reached'))).toEqual(
      [true, false],
    );
  });

  it('keeps a corrected fill in sight, says what became of it, and leaves it out of the sum', async () => {
    const withdrawnAt = '2026-01-05T14:59:20.000Z';
    const fills = [aFill({ version: 2, price: '22.7299' })];
    const withdrawnFills = [
      { ...aFill({ price: '22.9' }), withdrawnAt },
      { ...aFill({ key: 'bust', price: '23' }), withdrawnAt },
    ];
    answer('get', '/api/orders/1', aFullOrder({ fills, withdrawnFills }));
    renderApp('/orders/1');
    const table = await panel('Fills');
    expect(table.textContent).toContain('1 fill');
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      '09:59:00 version 1corrected at 09:59:20, no longer counted4022.901.4 s',
      '09:59:00 version 1taken back at 09:59:20, no longer counted4023.001.4 s',
      '09:59:00 version 24022.72991.4 s',
    ]);
    expect(rows.map((row) => row.querySelectorAll('del').length)).toEqual([2, 2, 0]);
    const proof = (await panel('Why this price')).textContent;
    expect(proof).toContain('40 × 22.7299 = 909.196');
    expect(proof).not.toContain('22.90');
    const events = within(await panel('Timeline')).getAllByRole('listitem');
    expect(events.map(({ textContent }) => textContent).slice(-3)).toEqual([
      'Withdrawn40 at 22.90 counts no longerMon, Jan 5, 2026, 09:59:20',
      'Withdrawn40 at 23.00 counts no longerMon, Jan 5, 2026, 09:59:20',
      'NowStill open',
    ]);
  });

  it('shows each leg of a spread, and what they come to', async () => {
    const leg = (legId: string, instruction: string, symbol: string, sum: string, averagePrice: string) => ({
      legId,
      instruction,
      symbol,
      sum,
      averagePrice,
      assetType: 'OPTION',
      quantity: '2',
      filledQuantity: '2',
    });
    const legs = [
      leg('1', 'SELL_TO_OPEN', 'SPY   261218C00600000', '7', '3.5'),
      leg('2', 'BUY_TO_OPEN', 'SPY   261218C00610000', '4.5', '2.25'),
    ];
    const fills = [
      aFill({ quantity: '2', price: '3.5' }),
      aFill({ key: 'b2', legId: '2', quantity: '2', price: '2.25' }),
    ];
    const netPrice = { amount: '1.25', effect: 'CREDIT' as const };
    answer(
      'get',
      '/api/orders/1',
      aFullOrder({ legs, fills, netPrice, legCount: 2, averagePrice: null, sum: null, filledQuantity: '2' }),
    );
    renderApp('/orders/1');
    const proof = (await panel('Why this price')).textContent;
    expect(proof).toContain('Leg 1: Sell to open SPY 12/18/26 600C2 × 3.50 = 7.00');
    expect(proof).toContain('for one of 2 filled: 1.25 credit');
  });

  it('shows what changed, from what to what, why and by whom', async () => {
    const { orderId: _order, brokerOrderId: _id, symbol: _symbol, ...entry } = anAuditRecord({ seq: 9 });
    answer('get', '/api/orders/1', aFullOrder({ audit: [entry, { ...entry, seq: 8, kind: 'ORDER_ADDED' }] }));
    renderApp('/orders/1');
    const [newest, oldest] = within(await panel('Audit trail')).getAllByRole('listitem');
    expect(newest?.textContent).toContain('averagePricewas 22.7299 → is 22.73');
    expect(newest?.textContent).toContain('the broker reported 1 new fill · poller, cycle 12 · #9');
    expect(oldest?.textContent).toContain('Order added');
  });

  it('shows what the broker said, digit by digit', async () => {
    renderApp('/orders/1');
    const evidence = await panel('What the broker said');
    expect(within(evidence).getByLabelText("The broker's answer").textContent).toBe(
      '{\n  "orderId": 1059685024001,\n  "price": 22.80\n}',
    );
  });

  it('says what needs attention, and why it was rejected', async () => {
    answer('get', '/api/orders/1', aFullOrder({ flags: ['UNPRICED'], statusDescription: 'Not enough buying power' }));
    renderApp('/orders/1');
    expect(await screen.findByText(/The price is unknown, not zero/)).toBeTruthy();
    expect(screen.getByText('Not enough buying power')).toBeTruthy();
  });

  it('lists the orders that replaced one another, how that is known, and what they come to', async () => {
    const chain = [anOrder({ id: 7, quantity: '60' }), anOrder(), anOrder({ id: 9 })];
    const chainLinks = [
      { from: 7, to: 1, basis: 'INFERRED' as const },
      { from: 1, to: 9, basis: 'OPERATOR' as const },
    ];
    const chainTotals = { filledQuantity: '60', sum: '1363.794', averagePrice: '22.7299' };
    answer('get', '/api/orders/1', aFullOrder({ chain, chainLinks, chainTotals }));
    renderApp('/orders/1');
    const replacements = await panel('Replacements');
    const link = within(replacements).getByRole('link', { name: '#7 Buy 60 GME' });
    expect(link.getAttribute('href')).toBe('/orders/7');
    expect(replacements.textContent).toContain('took its place, inferred: same symbol, side, leftover and time');
    expect(replacements.textContent).toContain('took its place, set by operator');
    expect(replacements.textContent).toContain('Together: 60 filled at 22.7299 on average, 1,363.794 USD.');
  });

  it('names the orders of which any may have replaced it', async () => {
    const chainAmbiguous = [{ from: anOrder(), candidates: [anOrder({ id: 8 }), anOrder({ id: 9 })] }];
    answer('get', '/api/orders/1', aFullOrder({ chainAmbiguous }));
    renderApp('/orders/1');
    const links = within(await panel('Replacements')).getAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['/orders/8', '/orders/9']);
  });

  it('says that a person closed it, when and why', async () => {
    const resolution = { by: 'operator', reason: 'expired by phone', at: NOW };
    answer('get', '/api/orders/1', aFullOrder({ status: 'FAILED', outcome: 'CLOSED_BY_OPERATOR', resolution }));
    renderApp('/orders/1');
    const words = await screen.findByText((_text, node) => node?.tagName === 'P' && /phone/.test(node.textContent));
    expect(words.textContent).toBe('Closed by operator at Mon, Jan 5, 2026, 10:00:00 ET: expired by phone');
  });

  it('comes up to date by itself', async () => {
    const { goLive, advance, emit, client } = renderApp('/orders/1');
    goLive();
    advance(400);
    await panel('At a glance');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    answer('get', '/api/orders/1', THREE_FILLS);
    emit('message', anAuditRecord({ seq: 41 }));
    advance(400);
    expect(await screen.findByRole('heading', { level: 1, name: 'Buy 75 GME' })).toBeTruthy();
  });

  it('comes up to date when another order of its chain changes', async () => {
    const chain = [anOrder(), anOrder({ id: 9 })];
    const chainLinks = [{ from: 1, to: 9, basis: 'OPERATOR' as const }];
    const together = (filledQuantity: string) =>
      aFullOrder({ chain, chainLinks, chainTotals: { filledQuantity, sum: '909.196', averagePrice: '22.7299' } });
    answer('get', '/api/orders/1', together('40'));
    const { goLive, advance, emit, client } = renderApp('/orders/1');
    goLive();
    advance(400);
    await screen.findByText(/Together: 40 filled/);
    await waitFor(() => expect(client.isFetching()).toBe(0));
    answer('get', '/api/orders/1', together('70'));
    const asked = heardQueries('/api/orders/1');
    for (let seq = 41; seq < 61; seq += 1) emit('message', anAuditRecord({ seq, orderId: 9 }));
    advance(400);
    expect(await screen.findByText(/Together: 70 filled/)).toBeTruthy();
    expect(asked).toHaveLength(1);
  });

  it('that cannot be refreshed stays, and says from when it is', async () => {
    const { client } = renderApp('/orders/1');
    await panel('At a glance');
    refuse('get', '/api/orders/1', 429, 'Too many requests.');
    await client.invalidateQueries({ queryKey: ['order'] });
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /^The facts of this order could not be refreshed: they are as of .* Too many requests\.$/,
    );
    expect(await panel('At a glance')).toBeTruthy();
  });

  it.each(['/orders/99', '/orders/zzz', '/orders/0'])('at %s does not exist', async (address) => {
    refuse('get', '/api/orders/99', 404, 'There is no order 99 in the record.');
    renderApp(address);
    expect(await screen.findByText('There is no such order')).toBeTruthy();
  });

  it('that cannot be loaded says why, and tries again', async () => {
    refuse('get', '/api/orders/1', 503, 'The record is being restored.');
    const { user } = renderApp('/orders/1');
    expect(await screen.findByText('The record is being restored.')).toBeTruthy();
    answer('get', '/api/orders/1', aFullOrder());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await panel('At a glance')).toBeTruthy();
  });

  it('leads back to the list with its filters', async () => {
    const { user, address } = renderApp('/orders?status=pending&q=gm');
    await user.click(await screen.findByRole('link', { name: 'GME' }));
    await user.click(await screen.findByRole('link', { name: '← Orders' }));
    expect(address()).toBe('/orders?status=pending&q=gm');
  });
});

describe('re-polling', () => {
  it('says what the broker said, and asks the poller to wait for it', async () => {
    const waits: (string | null)[] = [];
    server.use(
      http.post('/api/orders/1/repoll', ({ request }) => {
        waits.push(request.headers.get('prefer'));
        return HttpResponse.json(aReport());
      }),
    );
    const { user } = renderApp('/orders/1');
    await user.click(await screen.findByRole('button', { name: 'Re-poll' }));
    expect(await screen.findByText('checked just now: 60 of 100 at 22.7299, nothing new')).toBeTruthy();
    expect(waits).toEqual(['wait=10']);
  });

  it('shows that it is under way, and does not ask twice', async () => {
    let reply = (_answer: Response): void => {};
    server.use(http.post('/api/orders/1/repoll', () => new Promise<Response>((resolve) => (reply = resolve))));
    const asked = heardQueries('/api/orders/1/repoll');
    const { user } = renderApp('/orders/1');
    await panel('At a glance');
    await user.keyboard('rrr');
    expect(await screen.findByText('Asking the broker…')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Re-poll' }).disabled).toBe(true);
    await waitFor(() => expect(asked).toHaveLength(1));
    reply(HttpResponse.json(aReport({ outcome: { found: false } })));
    expect(await screen.findByText('checked just now: the broker does not know this order')).toBeTruthy();
    expect(asked).toHaveLength(1);
  });

  it('says that it is kept when no poller is at work', async () => {
    answer(
      'post',
      '/api/orders/1/repoll',
      aReport({ state: 'QUEUED', outcome: null, appliedAt: null, pollerState: 'stopped' }),
      202,
    );
    const { user } = renderApp('/orders/1');
    await user.click(await screen.findByRole('button', { name: 'Re-poll' }));
    expect(await screen.findByText(/^Kept, but no poller is at work/)).toBeTruthy();
  });

  it('goes on asking for an outcome that takes longer', async () => {
    answer('post', '/api/orders/1/repoll', aReport({ state: 'QUEUED', outcome: null, appliedAt: null }), 202);
    answer(
      'get',
      '/api/commands/9',
      aReport({ outcome: { found: true, filledQuantity: '100', averagePrice: '22.73', newFills: 2 } }),
    );
    const { user } = renderApp('/orders/1');
    await user.click(await screen.findByRole('button', { name: 'Re-poll' }));
    expect(
      await screen.findByText('checked just now: 100 of 100 at 22.73, 2 new fills', {}, { timeout: 5000 }),
    ).toBeTruthy();
  });

  it('says when the server refuses', async () => {
    refuse('post', '/api/orders/1/repoll', 429, 'Too many requests; try again in 5 s.');
    const { user } = renderApp('/orders/1');
    await user.click(await screen.findByRole('button', { name: 'Re-poll' }));
    expect(await screen.findByText('Too many requests; try again in 5 s.')).toBeTruthy();
  });
});
