// @vitest-environment happy-dom
import type { Verification } from '@fill-tracker/contract';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { aFullOrder, NOW } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer } from '../../../testing/server.ts';

const witness = () => screen.findByRole('region', { name: 'Second witness' });
const AGREED: Verification = {
  verdict: 'VERIFIED',
  recordQuantity: '100',
  recordSum: '2271.79',
  transactionsQuantity: '100',
  transactionsSum: '2271.79',
  fees: '0.02',
  checkedAt: NOW,
};

function show(verification: Verification | null, assetType = 'EQUITY'): void {
  answer('get', '/api/orders/1', aFullOrder({ verification, assetType }));
  renderApp('/orders/1');
}

it.each([
  [AGREED, 'agreesThe account’s transactions agree: 100 shares for 2,271.79 USD; fees 0.02 USD; checked 0 s ago.'],
  [
    { ...AGREED, recordSum: null, transactionsQuantity: null, transactionsSum: null, fees: null },
    'The account’s transactions agree; checked',
  ],
  [{ ...AGREED, verdict: 'ONE_SOURCE', transactionsQuantity: null }, 'the account’s transactions do not show it yet'],
  [{ ...AGREED, verdict: 'ONE_SOURCE', recordQuantity: '0' }, 'Only the account’s transactions show a trade'],
  [{ ...AGREED, verdict: 'UNPRICED', transactionsSum: null }, 'What filled has no price'],
  [null, 'Not held against the account’s transactions yet'],
] as const)('%j is told plainly', async (verification, text) => {
  show(verification);
  expect((await witness()).textContent).toContain(text);
});

it('does not call the sum of contracts USD, which is before their multiplier', async () => {
  const sums = { recordSum: '10.16', transactionsSum: '10.16' };
  show({ ...AGREED, ...sums, recordQuantity: '2', transactionsQuantity: '2', fees: null }, 'OPTION');
  expect((await witness()).textContent).toContain(
    'agree: 2 contracts, premium × contracts 10.16 (before the contract’s multiplier, 100 as a rule); checked',
  );
});

it('shows both numbers side by side when they disagree', async () => {
  show({ ...AGREED, verdict: 'DISAGREE', transactionsQuantity: '90', transactionsSum: '2040.1' });
  const rows = within(await witness()).getAllByRole('row');
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'SaysQuantitySum, USD',
    'The order’s own report1002,271.79',
    'The account’s transactions902,040.10',
  ]);
});
