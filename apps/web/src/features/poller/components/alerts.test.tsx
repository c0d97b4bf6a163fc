// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aHealthEvent, anAlert } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, refuse } from '../../../testing/server.ts';

const page = (...items: ReturnType<typeof anAlert>[]) => ({ items, nextCursor: null });
const panel = () => screen.findByRole('region', { name: 'Alerts' });

describe('the alerts on the poller page', () => {
  it('say that nothing needs you when nothing does', async () => {
    renderApp('/poller');
    expect((await panel()).textContent).toBe('AlertsNothing needs you.');
  });

  it('tell what happened, since when, what it means and what to do, the worst first', async () => {
    const odd = anAlert({
      id: 2,
      cause: 'order-odd',
      subject: 'A1/4711',
      severity: 'warning',
      meaning: 'Something about an order is not as it should be.',
      summary: 'Order 4711: bought above its limit.',
      remedy: 'Close it with `poller resolve`.',
      orderId: 7,
    });
    answer('get', '/api/alerts', page(odd, anAlert()));
    renderApp('/poller');
    const open = within(await screen.findByRole('list', { name: 'Open alerts' }));
    const [first, second] = open.getAllByRole('listitem');
    expect(first?.textContent).toContain('CriticalSchwab does not answer');
    expect(first?.textContent).toContain('since 10 min ago');
    expect(first?.textContent).toContain('2 working orders go unwatched.');
    expect(first?.textContent).toContain('What to do: Check this machine');
    expect(first?.textContent).toContain('docs/runbook.md#broker-unreachable');
    expect(second?.textContent).toContain('WarningSomething about an order');
    expect(second?.textContent).toContain('What to do: Close it with poller resolve.');
    expect(open.getByText('poller resolve').tagName).toBe('CODE');
    expect(open.getByRole('link', { name: 'Open the order' }).getAttribute('href')).toBe('/orders/7');
    expect((await panel()).textContent).toContain('2 open');
  });

  it('keep what is over apart, with what was found late', async () => {
    const over = { clearedAt: '2026-01-05T14:54:00.000Z', clearedNote: 'It lasted 4 min.', fillsFoundLate: 3 };
    answer('get', '/api/alerts', page(anAlert(over)));
    const { user } = renderApp('/poller');
    await user.click(await screen.findByText('Over lately: 1 alert'));
    const list = await screen.findByRole('list', { name: 'Alerts that are over' });
    expect(list.textContent).toContain('Over 6 min ago, after 4 min. 3 fills found late, none missed.');
  });

  it('show what came from the broker as text', async () => {
    answer('get', '/api/alerts', page(anAlert({ summary: '<img src=x onerror="alert(1)">' })));
    renderApp('/poller');
    expect(await screen.findByText('<img src=x onerror="alert(1)">')).toBeTruthy();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });

  it('say so when they cannot be loaded', async () => {
    refuse('get', '/api/alerts', 503, 'The record is not there.');
    renderApp('/poller');
    expect(await screen.findByText('The alerts could not be loaded', undefined, { timeout: 10_000 })).toBeTruthy();
  });

  it('come to the page by events, without a reload, and are counted beside its name', async () => {
    const { goLive, emit } = renderApp('/poller');
    goLive();
    await screen.findByText('Nothing needs you.');
    expect(screen.getByRole('link', { name: 'Poller' })).toBeTruthy();
    answer('get', '/api/alerts', page(anAlert()));
    emit('health', aHealthEvent({ now: '2026-01-05T15:00:05.000Z', openAlerts: 1, lastAlertId: 1 }));
    expect(await screen.findByRole('list', { name: 'Open alerts' })).toBeTruthy();
    const link = screen.getByRole('link', { name: 'Poller', description: '1 open alert' });
    expect(link.textContent).toBe('Poller1');
    answer('get', '/api/alerts', page());
    emit('health', aHealthEvent({ now: '2026-01-05T15:00:10.000Z', openAlerts: 0, lastAlertId: 1 }));
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Open alerts' })).toBeNull());
    expect(screen.getByRole('link', { name: 'Poller' }).textContent).toBe('Poller');
  });
});
