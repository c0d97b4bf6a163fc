// @vitest-environment happy-dom
import type { FullOrder } from '@fill-tracker/contract';
import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { aFullOrder, anOrder, aReport } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, refuse, server } from '../../../testing/server.ts';

const STANDING = {
  status: 'PENDING',
  outcome: null,
  filledQuantity: '40',
  averagePrice: null,
  netPrice: null,
  flags: [],
};
const CLOSED = aReport({
  kind: 'RESOLVE',
  outcome: {
    action: 'close',
    changed: true,
    before: STANDING,
    after: { ...STANDING, status: 'COMPLETED', outcome: 'CLOSED_BY_OPERATOR', averagePrice: '22.7299' },
    fillsAdded: 0,
    fillsWithdrawn: 0,
  },
});

async function open(part: Partial<FullOrder> = { flags: ['UNPRICED'] }) {
  answer('get', '/api/orders/1', aFullOrder(part));
  const app = renderApp('/orders/1');
  const button = await screen.findByRole('button', { name: 'Resolve…' });
  await app.user.click(button);
  return { ...app, button, dialog: within(screen.getByRole('dialog', { name: 'Resolve Buy 100 GME' })) };
}

function hearDecisions(report = CLOSED): unknown[] {
  const heard: unknown[] = [];
  server.use(
    http.post('/api/orders/1/resolve', async ({ request }) => {
      heard.push(await request.json());
      return HttpResponse.json(report);
    }),
  );
  return heard;
}

it('is offered only where a person can decide something', async () => {
  answer('get', '/api/orders/1', aFullOrder({ flags: ['PRICE_OUTSIDE_LIMIT'] }));
  renderApp('/orders/1');
  await screen.findByRole('button', { name: 'Re-poll' });
  expect(screen.queryByRole('button', { name: 'Resolve…' })).toBeNull();
});

it('offers what fits the order, with the focus on the first choice', async () => {
  const { dialog } = await open({ flags: ['TRANSACTIONS_DISAGREE'], status: 'COMPLETED', outcome: 'FILLED' });
  const choices = dialog.getAllByRole('radio');
  expect(choices.map((choice) => choice.getAttribute('value'))).toEqual(['accept-transactions', 'link']);
  expect(document.activeElement).toBe(choices[0]);
});

it('wants a reason, hands over the decision, and says what came of it', async () => {
  const heard = hearDecisions();
  const { dialog, user, button } = await open();
  await user.click(dialog.getByLabelText(/^Close it/));
  await user.click(dialog.getByRole('button', { name: 'Decide' }));
  expect(dialog.getByRole('alert').textContent).toContain('Say why');
  expect(heard).toEqual([]);
  await user.type(dialog.getByLabelText(/^Why\?/), 'the broker says so by phone');
  await user.type(dialog.getByLabelText(/^Your name/), 'Ada');
  await user.click(dialog.getByRole('button', { name: 'Decide' }));
  expect(await screen.findByText('Buy 100 GME: Now closed by operator, 40 filled at 22.7299.')).toBeTruthy();
  expect(heard).toEqual([{ action: 'close', reason: 'the broker says so by phone', by: 'Ada' }]);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(button);
});

it('shows why it was refused, and stays open', async () => {
  hearDecisions(
    aReport({ state: 'FAILED', outcome: { problem: 'The transactions hold no execution of this order.' } }),
  );
  const { dialog, user } = await open();
  await user.click(dialog.getByLabelText(/^Accept the executions/));
  await user.type(dialog.getByLabelText(/^Why\?/), 'x');
  await user.click(dialog.getByRole('button', { name: 'Decide' }));
  expect(await dialog.findByText('Refused: The transactions hold no execution of this order.')).toBeTruthy();
});

it('shows what the server objects to', async () => {
  refuse('post', '/api/orders/1/resolve', 429, 'Too many requests; try again in 5 s.');
  const { dialog, user } = await open();
  await user.type(dialog.getByLabelText(/^Why\?/), 'x{Enter}');
  expect(await dialog.findByText('Too many requests; try again in 5 s.')).toBeTruthy();
});

it('links it to the order that it replaces, by the address of its page', async () => {
  const heard = hearDecisions();
  const { dialog, user } = await open();
  await user.click(dialog.getByLabelText(/^This order replaces another/));
  await user.type(dialog.getByLabelText(/^Why\?/), 'x');
  await user.click(dialog.getByRole('button', { name: 'Decide' }));
  expect(dialog.getByRole('alert').textContent).toContain('Name the order that it replaces');
  await user.type(dialog.getByLabelText(/^It replaces/), 'http://127.0.0.1:4000/orders/12');
  await user.click(dialog.getByRole('button', { name: 'Decide' }));
  await screen.findByText(/^Buy 100 GME: /);
  expect(heard).toEqual([{ action: 'link', replaces: 12, reason: 'x' }]);
});

it('offers the orders that it may have replaced, when several fit', async () => {
  const chainAmbiguous = [{ from: anOrder({ id: 5 }), candidates: [anOrder(), anOrder({ id: 6 })] }];
  const { dialog, user } = await open({ chainAmbiguous, status: 'COMPLETED', outcome: 'FILLED' });
  await user.click(dialog.getByLabelText(/^This order replaces another/));
  expect(dialog.getByRole('option').textContent).toBe('#5 Buy 100 GME');
});
