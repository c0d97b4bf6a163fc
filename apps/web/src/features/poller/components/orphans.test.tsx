// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anOrder, aReport, noOrphans, NOW } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, server } from '../../../testing/server.ts';

const UNTRACKED = noOrphans({
  untracked: [
    {
      account: { id: 'A1', maskedNumber: '…4321' },
      brokerOrderId: '4711',
      symbol: 'GME',
      instruction: 'SELL',
      quantity: '10',
      brokerStatus: 'WORKING',
      enteredAt: NOW,
      firstSeenAt: NOW,
      lastSeenAt: NOW,
      adopt: { command: 'poller track', body: { account: 'A1', brokerOrderId: '4711' } },
    },
  ],
});

it('says nothing where record and broker know of the same orders', async () => {
  renderApp('/poller');
  await screen.findByRole('region', { name: 'Cycles' });
  expect(screen.queryByRole('region', { name: /tracked by nobody|unknown to the broker/ })).toBeNull();
});

it('tracks an order that nobody tracks, by one button', async () => {
  answer('get', '/api/orphans', UNTRACKED);
  const bodies: unknown[] = [];
  server.use(
    http.post('/api/orders', async ({ request }) => {
      bodies.push(await request.json());
      answer('get', '/api/orphans', noOrphans());
      return HttpResponse.json(aReport({ kind: 'TRACK' }));
    }),
  );
  const { user } = renderApp('/poller');
  await user.click(await screen.findByRole('button', { name: 'Track Sell 10 GME, order 4711' }));
  expect(await screen.findByText('4711 is tracked from now on.')).toBeTruthy();
  expect(bodies).toEqual([{ account: 'A1', brokerOrderId: '4711' }]);
  await waitFor(() => expect(screen.queryByRole('region', { name: /tracked by nobody/ })).toBeNull());
});

it('lists the orders of which the broker says that it does not know them', async () => {
  const absent = { ...anOrder(), absentSince: '2026-01-05T14:50:00.000Z', absences: 3 };
  answer('get', '/api/orphans', noOrphans({ unknownToBroker: [absent] }));
  renderApp('/poller');
  const list = await screen.findByRole('region', { name: 'On record, unknown to the broker' });
  expect(list.textContent).toContain('said to be unknown 3 times, first 10 min ago');
});

it('is pointed at from what needs attention', async () => {
  answer('get', '/api/orphans', UNTRACKED);
  renderApp('/orders?status=attention');
  expect((await screen.findByText(/1 order at the broker is tracked by nobody/)).textContent).toContain('See them');
});
