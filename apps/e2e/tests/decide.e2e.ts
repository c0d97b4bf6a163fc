import { orderPath } from './support/orders.ts';
import { expect, test } from './support/test.ts';

test('a person settles an order that never got a price, and can look back at what was known before', async ({
  page,
  stack,
}) => {
  const id = await stack.broker.script({
    symbol: 'GME',
    instruction: 'BUY',
    orderType: 'MARKET',
    quantity: '10',
    fills: [{ afterMs: 0, quantity: '10', price: '22.7299', legsAfterMs: 'never' }],
    ending: { afterMs: 0, status: 'FILLED' },
  });
  await page.goto(`${stack.urls.api}${await orderPath(stack, id)}`);
  await expect(page.getByText(/The price is unknown, not zero/)).toBeVisible();

  const resolve = page.getByRole('button', { name: 'Resolve…' });
  await resolve.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Resolve Buy 10 GME' });
  await expect(dialog.getByRole('radio', { name: /^Accept the executions/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(resolve).toBeFocused();

  await page.keyboard.press('Enter');
  await dialog.getByLabel(/^Why\?/).fill('the report has no price');
  await dialog.getByRole('button', { name: 'Decide' }).click();
  await expect(page.getByText('Buy 10 GME: Now filled, 10 filled at 22.7299; 1 fill added.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Why this price' })).toContainText('10 × 22.7299 = 227.299');
  await expect(page.getByRole('region', { name: 'Second witness' })).toContainText('10 shares for 227.299 USD');
  await expect(resolve).toBeHidden();

  const trail = page.getByRole('region', { name: 'Audit trail' });
  await trail.getByRole('listitem').filter({ hasText: 'Order added' }).getByRole('link').click();
  await expect(page).toHaveURL(/asKnownAt=/);
  await expect(page.getByText('The past.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'At a glance, then' })).not.toContainText('22.7299');
  await page.reload();
  await page.getByRole('link', { name: 'Back to now' }).click();
  await expect(page.getByRole('region', { name: 'At a glance' })).toContainText('22.7299');
});

test('a fill that the broker corrects stays in sight, and counts no longer', async ({ page, stack }) => {
  const id = await stack.broker.script({
    symbol: 'AMC',
    instruction: 'BUY',
    orderType: 'MARKET',
    quantity: '20',
    fills: [
      {
        afterMs: 0,
        quantity: '10',
        price: '22.9',
        correction: { afterMs: 3_000, kind: 'CORRECTED', price: '22.7299' },
      },
    ],
  });
  await page.goto(`${stack.urls.api}${await orderPath(stack, id)}`);
  const fills = page.getByRole('region', { name: 'Fills table' });
  await expect(fills).toContainText('no longer counted');
  await expect(fills.locator('tr').filter({ hasText: 'version 1' }).locator('del')).toHaveText(['10', '22.90']);
  await expect(page.getByRole('region', { name: 'Why this price' })).toContainText('10 × 22.7299 = 227.299');
});
