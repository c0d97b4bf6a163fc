// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aHealthEvent, aPoller, aSummary } from '../testing/builders.ts';
import { renderApp } from '../testing/render-app.tsx';
import { answer, heardQueries, refuse } from '../testing/server.ts';

const part = (name: string) => screen.findByRole('group', { name });

describe('what is always on the screen', () => {
  it('tells the market phase, the last cycle and that the page is live', async () => {
    const { goLive, advance } = renderApp('/orders');
    goLive({ marketChangesAt: '2026-01-05T15:04:05.000Z', marketNextPhase: 'closed' });
    expect((await part('Market')).textContent).toBe('Market openends in 4 min 05 s');
    expect((await part('Poller')).textContent).toBe('Poller runninglast cycle 3 s ago');
    expect((await part('Connection')).textContent).toBe('Live');
    advance(1000);
    expect((await part('Market')).textContent).toContain('4 min 04 s');
    expect((await part('Poller')).textContent).toContain('4 s ago');
  });

  it('says DEMO in the demo, and not otherwise', async () => {
    answer('get', '/api/summary', aSummary({ demo: true }));
    renderApp('/orders');
    expect(await screen.findByText('DEMO')).toBeTruthy();
  });

  it('says no DEMO for a real record', async () => {
    renderApp('/orders');
    await screen.findByText(/orders? filled today/);
    expect(screen.queryByText('DEMO')).toBeNull();
  });

  it('judges ages by the clock of the server', async () => {
    const { goLive } = renderApp('/orders');
    goLive({ now: '2026-01-05T16:00:00.000Z', lastCycleAt: '2026-01-05T15:59:55.000Z' });
    expect((await part('Poller')).textContent).toContain('last cycle 5 s ago');
  });

  it.each([
    ['stopped', 'Poller stopped', 'No poller is at work', 'Old data.', 'Stale'],
    ['stuck', 'Poller hangs', 'The poller hangs', 'Old data.', 'Stale'],
    ['never-started', 'Poller never ran', 'No poller has ever run', 'Not watching yet.', 'Live'],
  ] as const)('says that the data is old when the poller is %s', async (state, word, sentence, lead, connection) => {
    const { goLive } = renderApp('/orders');
    goLive({ state });
    expect((await part('Poller')).textContent).toContain(word);
    expect((await screen.findByRole('alert')).textContent).toContain(`${lead} ${sentence}`);
    expect((await part('Connection')).textContent).toBe(connection);
    expect(screen.getByText(/The orders are as of .* 09:59:57 ET, 3 s ago/)).toBeTruthy();
    expect(screen.getByRole('main').dataset['stale']).toBe('orders');
  });

  it('warns of a failed cycle at once, and calls the data old when it goes on', async () => {
    const { goLive, advance, emit } = renderApp('/orders');
    goLive({ lastCycleOutcome: 'failed' });
    expect((await part('Poller')).textContent).toBe('Poller runninglast cycle failed 3 s ago');
    expect(screen.getByRole('main').dataset['stale']).toBe('none');
    advance(14_000);
    emit('health', aHealthEvent({ now: '2026-01-05T15:00:14.000Z', lastCycleOutcome: 'failed' }));
    advance(14_000);
    emit('health', aHealthEvent({ now: '2026-01-05T15:00:28.000Z', lastCycleOutcome: 'failed' }));
    expect((await part('Connection')).textContent).toBe('Stale');
    expect((await screen.findByRole('alert')).textContent).toContain('its last cycles failed');
  });

  it('asks every few seconds while it reconnects, and says so', async () => {
    answer('get', '/api/poller', aPoller({ now: '2026-01-05T15:00:06.000Z' }));
    const { goLive, fail, advance } = renderApp('/orders');
    goLive();
    fail();
    expect((await part('Connection')).textContent).toBe('Reconnecting…');
    const asked = heardQueries('/api/poller');
    advance(6000);
    await waitFor(() => expect(asked).not.toEqual([]));
    // The answer is a word from the server: nothing is stale.
    await waitFor(async () => expect((await part('Poller')).textContent).toContain('9 s ago'));
    expect(screen.getByRole('main').dataset['stale']).toBe('none');
  });

  it('asks at once where no live connection can be had at all, and goes on asking', async () => {
    const asked = heardQueries('/api/poller');
    const { fail, advance } = renderApp('/orders');
    for (const wait of [0, 500, 1000, 2000, 4000]) {
      fail();
      advance(wait);
    }
    expect((await part('Poller')).textContent).toContain('Poller running');
    await waitFor(() => expect(asked).toHaveLength(1));
    fail();
    advance(5000);
    await waitFor(() => expect(asked).toHaveLength(2));
  });

  it('connects again at once when the person comes back', async () => {
    const { goLive, fail, comeBack, connections } = renderApp('/orders');
    goLive();
    fail();
    comeBack();
    expect(connections()).toBe(2);
    goLive();
    expect((await part('Connection')).textContent).toBe('Live');
  });

  it('greys everything and claims nothing of poller and market once the server is silent', async () => {
    refuse('get', '/api/poller', 503, 'gone');
    const { goLive, fail, advance } = renderApp('/orders');
    goLive();
    fail();
    advance(16_000);
    expect((await part('Connection')).textContent).toBe('Stale');
    expect((await part('Poller')).textContent).toBe('Poller unknown');
    expect((await part('Market')).textContent).toBe('Market unknown');
    expect((await screen.findByRole('alert')).textContent).toBe('Old data. The server does not answer.');
    expect(screen.getByText(/Everything below is as of .* 10:00:00 ET, 16 s ago/)).toBeTruthy();
    expect(screen.getByRole('main').dataset['stale']).toBe('all');
  });

  it('is fresh again when the connection is back', async () => {
    refuse('get', '/api/poller', 503, 'gone');
    const { goLive, fail, advance } = renderApp('/orders');
    goLive();
    fail();
    advance(16_000);
    goLive({ now: '2026-01-05T15:00:16.000Z', lastCycleAt: '2026-01-05T15:00:15.000Z' });
    expect((await part('Connection')).textContent).toBe('Live');
    expect(screen.queryByText(/Old data/)).toBeNull();
  });

  it('helps with the keyboard on ?, and gives the focus back', async () => {
    const { user } = renderApp('/orders');
    const order = await screen.findByRole('link', { name: 'GME' });
    order.focus();
    await user.keyboard('?');
    const help = await screen.findByRole('dialog', { name: 'Keyboard' });
    expect(within(help).getByText('next order')).toBeTruthy();
    await user.click(within(help).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(order);
  });

  it('goes through the themes and remembers', async () => {
    const { user } = renderApp('/orders');
    await user.click(await screen.findByRole('button', { name: 'Theme: system. Change to light.' }));
    await user.click(await screen.findByRole('button', { name: 'Theme: light. Change to dark.' }));
    expect([document.documentElement.dataset['theme'], localStorage.getItem('fill-tracker.theme')]).toEqual([
      'dark',
      'dark',
    ]);
    await user.click(await screen.findByRole('button', { name: 'Theme: dark. Change to system.' }));
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('lets the keyboard skip to the content', async () => {
    const { user } = renderApp('/orders');
    await user.click(await screen.findByRole('link', { name: 'Skip to the content' }));
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('says when there is no such page', async () => {
    renderApp('/nowhere');
    expect(await screen.findByRole('heading', { level: 1, name: 'There is no such page' })).toBeTruthy();
  });
});
