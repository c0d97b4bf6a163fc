// @vitest-environment happy-dom
import { orderAsKnown } from '@fill-tracker/contract';
import { fireEvent, screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { aFullOrder } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { server } from '../../../testing/server.ts';
import { localInputText } from '../order-search.ts';

const AT = '2026-01-05T14:59:30.000Z';
const THEN = orderAsKnown.parse({
  id: 1,
  account: { id: 'A1', maskedNumber: '…4321' },
  brokerOrderId: '1059685024001',
  asKnownAt: AT,
  recordedSince: '2026-01-05T14:58:01.000Z',
  known: {
    status: 'PENDING',
    outcome: null,
    brokerStatus: 'WORKING',
    filledQuantity: '20',
    sum: '454.2',
    averagePrice: '22.71',
    priceCents: 2271,
    netPrice: null,
    flags: ['UNPRICED'],
    terms: { quantity: '100', limitPrice: '22.8' },
    fills: [{ key: 'a', version: 2, legId: '1', price: '22.71', quantity: '20', occurredAt: AT }],
  },
});

/** Answers the order now, and as it was known; gives the instants asked for, each once. */
function answerThen(then: object, status = 200, now = aFullOrder()): (string | null)[] {
  const asked: (string | null)[] = [];
  server.use(
    http.get('/api/orders/1', ({ request }) => {
      const at = new URL(request.url).searchParams.get('asKnownAt');
      if (at === null) return HttpResponse.json(now);
      if (!asked.includes(at)) asked.push(at);
      return HttpResponse.json(then, { status });
    }),
  );
  return asked;
}

it('shows the order of then, marked as the past, with a way back', async () => {
  const asked = answerThen(THEN);
  const { user, address } = renderApp(`/orders/1?asKnownAt=${AT}`);
  const facts = (await screen.findByRole('region', { name: 'At a glance, then' })).textContent;
  for (const fact of ['Unpriced', 'WORKING', '22.71', '454.20', 'Limit price22.8']) expect(facts).toContain(fact);
  expect(screen.getByText('The past.').closest('p')?.textContent).toContain('at Mon, Jan 5, 2026, 09:59:30 ET');
  expect((await screen.findByRole('region', { name: 'Fills that counted then' })).textContent).toContain('version 2');
  expect(asked).toEqual([AT]);
  expect(screen.queryByRole('button', { name: 'Re-poll' })).toBeNull();
  await user.click(screen.getByRole('link', { name: 'Back to now' }));
  expect(await screen.findByRole('region', { name: 'At a glance' })).toBeTruthy();
  expect(address()).toBe('/orders/1');
});

it('tells the day of its fills once they are of several days', async () => {
  const [fill] = THEN.known?.fills ?? [];
  const fills = [fill, { ...fill, key: 'b', occurredAt: '2026-01-02T15:30:00.000Z' }];
  answerThen({ ...THEN, known: { ...THEN.known, fills } });
  renderApp(`/orders/1?asKnownAt=${AT}`);
  const table = (await screen.findByRole('region', { name: 'Fills that counted then' })).textContent;
  for (const time of ['Jan 5, 09:59:30', 'Jan 2, 10:30:00']) expect(table).toContain(time);
});

it('does not call the sum of an option USD', async () => {
  answerThen(THEN, 200, aFullOrder({ assetType: 'OPTION' }));
  renderApp(`/orders/1?asKnownAt=${AT}`);
  const facts = (await screen.findByRole('region', { name: 'At a glance, then' })).textContent;
  expect(facts).toContain('Premium × contracts454.20 before the contract’s multiplier, 100 as a rule');
  expect(facts).not.toContain('USD');
});

it('goes to an instant that a person chooses, or to that of a line of the trail', async () => {
  const asked = answerThen(THEN);
  const { user, address } = renderApp('/orders/1');
  fireEvent.change(await screen.findByLabelText('As it was known at, your time'), {
    target: { value: localInputText(Date.parse(AT)) },
  });
  await user.click(screen.getByRole('button', { name: 'Show' }));
  await screen.findByText('The past.');
  expect(address()).toBe(`/orders/1?asKnownAt=${encodeURIComponent(AT)}`);
  await user.click(screen.getByRole('link', { name: 'Back to now' }));
  await user.click(await screen.findByRole('link', { name: 'Mon, Jan 5, 2026, 09:59:01' }));
  await screen.findByText('The past.');
  expect(asked).toEqual([AT, '2026-01-05T14:59:01.432Z']);
});

it('says that the record did not have it yet', async () => {
  answerThen({ ...THEN, known: null });
  renderApp(`/orders/1?asKnownAt=${AT}`);
  expect(await screen.findByText('The record has this order since Mon, Jan 5, 2026, 09:58:01 ET.')).toBeTruthy();
});

it('says why an instant cannot be shown', async () => {
  const detail = 'The request is not valid: asKnownAt is still to come.';
  answerThen({ type: 'about:blank', title: 'Bad Request', status: 400, detail }, 400);
  renderApp('/orders/1?asKnownAt=2036-01-05T14:59:30Z');
  expect(await screen.findByText(detail)).toBeTruthy();
});

it('refuses an address whose instant makes no sense', async () => {
  // React and the router report what a part of the page threw, caught or not.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  renderApp('/orders/1?asKnownAt=yesterday');
  expect(await screen.findByText('This address makes no sense')).toBeTruthy();
});
