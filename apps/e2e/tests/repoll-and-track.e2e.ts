import type { Page } from '@playwright/test';
import { cell, orderPath, rows } from './support/orders.ts';
import { expect, test } from './support/test.ts';

// This poller looks at nothing that it is not told of, and does not look again by itself.
test.use({
  stackOptions: {
    environment: { DISCOVER_ORDERS: 'false', POLL_INTERVAL_SECONDS: '3600', POLL_FAST_FOR_SECONDS: '0' },
  },
});

test('tracks an order by its id and asks the broker again, from its page and from its row', async ({ page, stack }) => {
  await stack.broker.freeze();
  const id = await stack.broker.script({
    symbol: 'GME',
    instruction: 'SELL',
    orderType: 'LIMIT',
    limitPrice: '21',
    quantity: '60',
    fills: [
      { afterMs: 1_000, quantity: '20', price: '22.7299' },
      { afterMs: 2_000, quantity: '40', price: '22.7301' },
    ],
  });
  await page.goto(stack.urls.api);
  await expect(page.getByRole('status').filter({ hasText: '0 orders' })).toBeVisible();

  await page.getByRole('button', { name: 'Track an order' }).click();
  const dialog = page.getByRole('dialog', { name: 'Track an order' });
  await dialog.getByLabel('Schwab’s order id').fill('12x');
  await dialog.getByRole('button', { name: 'Track' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('An order id has 1 to 19 digits and nothing else.');
  await dialog.getByLabel('Schwab’s order id').fill(id);
  await dialog.getByRole('button', { name: 'Track' }).click();
  await expect(page.getByText(`${id} is tracked from now on.`)).toBeVisible();
  await expect(dialog).toBeHidden();

  await page.goto(`${stack.urls.api}${await orderPath(stack, id)}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Sell 60 GME' })).toBeVisible();
  await stack.broker.advance(1_000);
  const askedFromPage = await holdRepoll(page);
  await page.getByRole('button', { name: 'Re-poll' }).click();
  await expect(page.getByText('Asking the broker…')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Re-poll' })).toBeDisabled();
  askedFromPage.release();
  await expect(page.getByText(/^checked (just now|.* ago): 20 of 60 at 22\.7299, 1 new fill$/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Fills table' })).toContainText('22.7299');

  await stack.broker.advance(1_000);
  await page.getByRole('link', { name: '← Orders' }).click();
  const row = rows(page, 'GME');
  const askedFromRow = await holdRepoll(page);
  await row.getByRole('button', { name: 'Re-poll Sell 60 GME' }).click();
  await expect(page.getByText('Sell 60 GME: asking the broker…')).toBeVisible();
  askedFromRow.release();
  await expect(
    page.getByText(/^Sell 60 GME: checked (just now|.* ago): 60 of 60 at 22\.73003333, 1 new fill$/),
  ).toBeVisible();
  await expect(cell(row, 'status')).toContainText('Filled');
  expect(await stack.broker.truthOf(id)).toMatchObject({ status: 'COMPLETED', averagePrice: '22.73003333' });

  // An id that the broker does not know yet is watched, and said to be unknown.
  await page.getByRole('button', { name: 'Track an order' }).click();
  await dialog.getByLabel('Schwab’s order id').fill('4242');
  await dialog.getByRole('button', { name: 'Track' }).click();
  await expect(dialog).toBeHidden();
  await page.goto(`${stack.urls.api}${await orderPath(stack, '4242')}`);
  await expect(page.getByText('not seen yet')).toBeVisible();
  await page.getByRole('button', { name: 'Re-poll' }).click();
  await expect(page.getByText(/^checked (just now|.* ago): the broker does not know this order$/)).toBeVisible();
});

/** Holds the next re-poll of the page back until it is released, so that its progress can be seen. */
async function holdRepoll(page: Page): Promise<{ readonly release: () => void }> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(
    '**/repoll',
    async (route) => {
      await released;
      await route.continue();
    },
    { times: 1 },
  );
  return { release };
}
