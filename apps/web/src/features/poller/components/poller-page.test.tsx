// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aBlindSpot, aCycle, aHealthEvent, aPoller } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, refuse } from '../../../testing/server.ts';

const panel = async (name: string) => (await screen.findByRole('region', { name })).textContent;

describe('the poller page', () => {
  it('tells the state, who is at work, and what comes next', async () => {
    renderApp('/poller');
    const state = await panel('State');
    for (const fact of [
      'Running',
      'it looked at the broker 3 s ago',
      'desk:4711',
      'number 3',
      'in 2 s (an order is young)',
      'NYSE',
      '0.01 s ahead of Schwab’s, to within 0.04 s',
    ]) {
      expect(state).toContain(fact);
    }
  });

  it('follows the state by events', async () => {
    const { goLive, emit } = renderApp('/poller');
    goLive();
    await panel('State');
    answer(
      'get',
      '/api/poller',
      aPoller({ now: '2026-01-05T15:00:04.000Z', state: 'stuck', explanation: 'It hangs.' }),
    );
    emit('health', aHealthEvent({ now: '2026-01-05T15:00:04.000Z', state: 'stuck' }));
    expect(await panel('State')).toContain('Hangs');
    await waitFor(async () => expect(await panel('State')).toContain('It hangs.'));
  });

  it('holds the speed of detection against the objective', async () => {
    renderApp('/poller');
    const speed = await panel('Detection of fills');
    expect(speed).toContain('within 30 s');
    expect(speed).toContain('Half within0.9 s95 % within2.1 s99 % within2.3 s');
  });

  it('says when detection is slower than promised', async () => {
    const detectionLatency = { fills: 9, foundLate: 0, averageMs: 20_000, p50Ms: 2000, p95Ms: 29_000, p99Ms: 31_000 };
    answer('get', '/api/poller', aPoller({ detectionLatency }));
    renderApp('/poller');
    expect(await panel('Detection of fills')).toContain('slower than 30 s');
  });

  it('claims no speed without fills', async () => {
    const detectionLatency = { fills: 0, foundLate: 0, averageMs: null, p50Ms: null, p95Ms: null, p99Ms: null };
    answer('get', '/api/poller', aPoller({ detectionLatency }));
    renderApp('/poller');
    expect(await panel('Detection of fills')).toContain('No fills in the last 24 hours');
  });

  it('holds the calls against the budget', async () => {
    renderApp('/poller');
    expect(await panel('Calls to the broker')).toContain('24 of 80 in the last minute');
  });

  it('lists what goes wrong, by kind', async () => {
    const errorStreak = {
      cycles: 5,
      since: '2026-01-05T14:58:00.000Z',
      kinds: [
        { kind: 'timeout', cycles: 4 },
        { kind: '429', cycles: 1 },
      ],
    };
    answer('get', '/api/poller', aPoller({ errorStreak }));
    renderApp('/poller');
    const errors = await panel('Errors');
    expect(errors).toContain('5 cycles without a full look at the broker');
    expect(errors).toContain('the broker did not answer in time: 4 times429: 1 time');
    expect(await panel('State')).toContain(
      'At work, but the last 5 cycles failed: the broker did not answer in time; 429.',
    );
  });

  it('says nothing of errors when there are none', async () => {
    renderApp('/poller');
    await panel('State');
    expect(screen.queryByRole('region', { name: 'Errors' })).toBeNull();
  });

  it('says that it saw everything', async () => {
    renderApp('/poller');
    expect(await panel('Blind spots')).toContain('None: the tracker has seen everything');
  });

  it('shows blind spots on a line that can be read, and as a table', async () => {
    const items = [
      aBlindSpot({
        id: 3,
        beganAt: '2026-01-05T12:00:00.000Z',
        endedAt: '2026-01-05T13:00:00.000Z',
        backfilledAt: null,
      }),
      aBlindSpot({ id: 2, lateFills: 2, also: ['poller-down'] }),
      aBlindSpot({ id: 1, beganAt: '2026-01-01T09:00:00.000Z', endedAt: '2026-01-01T10:00:00.000Z' }),
    ];
    answer('get', '/api/blind-spots', { items, nextCursor: null });
    const blindness = { open: null, lastDay: { spots: 2, totalMs: 3_630_000 }, toBackfill: 1 };
    answer('get', '/api/poller', aPoller({ blindness }));
    renderApp('/poller');
    expect(await panel('Blind spots')).toContain('2 spots in 24 hours, 1 h in all; 1 spot still being made up for');
    const line = screen.getByRole('img', { name: 'The last 24 hours: 2 blind spots. The table below has each.' });
    expect(line.children).toHaveLength(2);
    const rows = within(screen.getByRole('region', { name: 'Blind spot table' }))
      .getAllByRole('row')
      .slice(1);
    expect(rows).toHaveLength(3);
    expect(rows[0]?.textContent).toContain('not all of it yet');
    expect(rows[1]?.textContent).toContain('then: no poller was at work');
    expect(rows[1]?.textContent).toContain('30 s2all of it');
  });

  it('says that the tracker cannot see now, since when and why, though nobody wrote it down', async () => {
    const open = {
      beganAt: '2026-01-05T14:40:00.000Z',
      cause: 'poller-down',
      explanation: 'no poller was at work',
    } as const;
    answer(
      'get',
      '/api/poller',
      aPoller({ blindness: { open, lastDay: { spots: 1, totalMs: 1_200_000 }, toBackfill: 0 } }),
    );
    renderApp('/poller');
    const spots = await panel('Blind spots');
    expect(spots).toContain('The tracker cannot see since Mon 09:40 ET: no poller was at work.');
    expect(spots).toContain('1 spot in 24 hours, 20 min in all');
  });

  it('tells of fills that were found late beside the speed, not in it', async () => {
    const detectionLatency = { fills: 3, foundLate: 2, averageMs: 1100, p50Ms: 900, p95Ms: 2100, p99Ms: 2300 };
    answer('get', '/api/poller', aPoller({ detectionLatency }));
    renderApp('/poller');
    expect(await panel('Detection of fills')).toContain(
      '2 fills more happened in a blind spot and were found after it',
    );
  });

  it('shows the cycles as a strip that can be read, and as a table', async () => {
    const items = [aCycle({ id: 3, outcome: 'failed', errorKind: 'timeout' }), aCycle({ id: 2, changed: 1 }), aCycle()];
    answer('get', '/api/cycles', { items, nextCursor: null });
    renderApp('/poller');
    const strip = await screen.findByRole('img', {
      name: /The last 3 entries: 1 complete, 1 with changes, 1 failed\./,
    });
    expect(strip.children).toHaveLength(3);
    // Oldest left.
    expect(strip.lastElementChild?.getAttribute('title')).toContain('failed');
    const table = within(screen.getByRole('region', { name: 'Cycle table' }));
    expect(table.getByText('Failed: the broker did not answer in time')).toBeTruthy();
    // A cycle by itself has no pause before it.
    expect(table.getAllByText('—')).toHaveLength(3);
  });

  it('shows a poller that never ran', async () => {
    answer(
      'get',
      '/api/poller',
      aPoller({
        state: 'never-started',
        explanation: 'No poller has run yet.',
        leaseHolder: null,
        fencing: 0,
        lastCycle: null,
        heartbeatAt: null,
        nextPollAt: null,
        lastCompleteAt: null,
      }),
    );
    answer('get', '/api/cycles', { items: [], nextCursor: null });
    renderApp('/poller');
    expect(await panel('State')).toContain('Never ran');
    expect(await screen.findByText('The poller has not looked at the broker yet.')).toBeTruthy();
  });

  it.each([
    ['/api/poller', 'The poller’s figures'],
    ['/api/blind-spots', 'The blind spots'],
    ['/api/cycles', 'The cycles'],
    ['/api/alerts', 'The alerts'],
    ['/api/orphans', 'The orders that only one side knows'],
  ])('keeps what %s told when it cannot be refreshed, and says from when it is', async (path, what) => {
    const { client } = renderApp('/poller');
    await panel('State');
    await waitFor(() => expect(client.isFetching()).toBe(0));
    refuse('get', path, 429, 'Too many requests.');
    await client.invalidateQueries();
    expect((await screen.findByRole('alert')).textContent).toMatch(
      new RegExp(`^${what} could not be refreshed: they are as of .* Too many requests\\.$`),
    );
    expect(await panel('State')).toContain('Running');
  });

  it('says why it cannot be loaded, and tries again', async () => {
    refuse('get', '/api/poller', 503, 'The record is being restored.');
    const { user } = renderApp('/poller');
    expect(await screen.findByText('The record is being restored.')).toBeTruthy();
    answer('get', '/api/poller', aPoller());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await panel('State')).toContain('Running');
  });
});
