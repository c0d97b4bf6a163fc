import { cell, rows } from './support/orders.ts';
import { expect, test } from './support/test.ts';

test('an order appears, fills in three parts and ends at the exact average, without a reload', async ({
  page,
  stack,
  watch,
}) => {
  await page.goto(stack.urls.api);
  await expect(page.getByRole('group', { name: 'Connection' })).toHaveText('Live');
  await stack.broker.freeze();
  const id = await stack.broker.script({
    symbol: 'GME',
    instruction: 'BUY',
    orderType: 'LIMIT',
    limitPrice: '22.80',
    quantity: '300',
    fills: [
      { afterMs: 1_000, quantity: '100', price: '22.7299' },
      { afterMs: 2_000, quantity: '150', price: '22.730151' },
      { afterMs: 3_000, quantity: '50', price: '22.72812' },
    ],
  });

  const row = rows(page, 'GME');
  await expect(cell(row, 'status')).toContainText('Pending');
  await expect(cell(row, 'price')).toHaveText('—');
  const widths = [await barWidth()];
  for (const filled of ['100/300', '250/300']) {
    await stack.broker.advance(1_000);
    await expect(cell(row, 'quantity')).toHaveText(filled);
    await expect(cell(row, 'status')).toContainText('Filling');
    await expect(cell(row, 'price')).toHaveText((await stack.broker.truthOf(id)).averagePrice ?? 'no price');
    widths.push(await barWidth());
  }
  await stack.broker.advance(1_000);
  await expect(cell(row, 'status')).toContainText('Filled');
  await expect(cell(row, 'quantity')).toHaveText('300/300');
  widths.push(await barWidth());
  expect(widths[0]).toBe(0);
  expect(widths, 'the bar grows with each fill').toEqual([...new Set(widths)].toSorted((a, b) => a - b));

  const truth = await stack.broker.truthOf(id);
  expect(truth).toMatchObject({ status: 'COMPLETED', averagePrice: '22.72972883' });
  await expect(cell(row, 'price')).toHaveText(truth.averagePrice ?? 'no price');

  await row.getByRole('link').click();
  const proof = page.getByRole('region', { name: 'Why this price' });
  await expect(proof).toContainText('100 × 22.7299 + 150 × 22.730151 + 50 × 22.72812 = 6,818.91865');
  await expect(proof).toContainText(`6,818.91865 ÷ 300 = ${truth.averagePrice}`);
  expect(watch.loads(), 'the page was loaded once').toBe(1);

  /** Of what the person sees, once it has stopped moving, in px. */
  async function barWidth(): Promise<number> {
    return cell(row, 'quantity').evaluate(async (element) => {
      const bar = element.querySelector<HTMLElement>('[style*="width"]');
      await Promise.all((bar?.getAnimations() ?? []).map((animation) => animation.finished));
      return bar?.getBoundingClientRect().width ?? -1;
    });
  }
});
