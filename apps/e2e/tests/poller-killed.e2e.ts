import { expectAccessible } from './support/accessibility.ts';
import { cell, orderPath, rows, statusMark } from './support/orders.ts';
import { expect, test } from './support/test.ts';

/** The promise: a dead poller is visible within so long, ms. */
const VISIBLE_WITHIN_MS = 15_000;

test('every page says that the poller died, that it is back, and what filled meanwhile', async ({
  context,
  page: orders,
  stack,
}, testInfo) => {
  const pending = { symbol: 'AMC', instruction: 'BUY', orderType: 'MARKET', quantity: '5' } as const;
  const known = await orderPath(stack, await stack.broker.script(pending));
  await orders.goto(stack.urls.api);
  const [order, poller] = await Promise.all([context.newPage(), context.newPage()]);
  await order.goto(`${stack.urls.api}${known}`);
  await poller.goto(`${stack.urls.api}/poller`);
  const pages = [orders, order, poller];
  for (const page of pages) await expect(statusMark(page, 'Poller')).toContainText('Poller running');

  await stack.poller.kill();
  const killedAt = Date.now();
  const missed = await stack.broker.script({
    symbol: 'GME',
    instruction: 'BUY',
    orderType: 'MARKET',
    quantity: '30',
    fills: [
      { afterMs: 0, quantity: '10', price: '22.7299' },
      { afterMs: 0, quantity: '20', price: '22.73001' },
    ],
  });
  const times = await Promise.all(
    pages.map(async (page) => {
      await expect(statusMark(page, 'Poller')).toContainText('Poller stopped', { timeout: VISIBLE_WITHIN_MS });
      return Date.now() - killedAt;
    }),
  );
  const seconds = times.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ');
  testInfo.annotations.push({ type: 'a killed poller is seen after', description: seconds });
  process.stdout.write(`     a killed poller is seen after ${seconds} (orders, one order, poller page)\n`);
  expect(Math.max(...times), 'ms until the last page said so').toBeLessThan(VISIBLE_WITHIN_MS);
  for (const page of pages) {
    await expect(page.getByRole('alert').filter({ hasText: 'No poller is at work' })).toBeVisible();
    await expect(statusMark(page, 'Connection')).toHaveText('Stale');
  }
  await expectAccessible(orders);
  await expectAccessible(poller);

  await stack.poller.start();
  for (const page of pages) {
    await expect(statusMark(page, 'Poller')).toContainText('Poller running');
    await expect(statusMark(page, 'Connection')).toHaveText('Live');
  }
  const row = rows(orders, 'GME');
  await expect(cell(row, 'status')).toContainText('Filled');
  const truth = await stack.broker.truthOf(missed);
  expect(truth.averagePrice).toBe('22.72997333');
  await expect(cell(row, 'price')).toHaveText(truth.averagePrice ?? 'no price');
});
