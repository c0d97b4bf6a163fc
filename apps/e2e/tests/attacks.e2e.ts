import { orderPath, rows } from './support/orders.ts';
import { expect, test } from './support/test.ts';

const IMAGE = '<img src=x onerror="window.pwned=1">';
const SCRIPT = '</script><script>window.pwned=2</script>';

test.use({
  stackOptions: {
    // The simulator knows only real symbols; what stands in front of it does not care.
    rewordBroker: (answer) => answer.replaceAll('"EVIL"', JSON.stringify(IMAGE)),
  },
});

test("markup in the broker's words is text, and the page speaks to its own server alone", async ({
  page,
  stack,
  watch,
}) => {
  const id = await stack.broker.script({
    symbol: 'EVIL',
    instruction: 'BUY',
    orderType: 'MARKET',
    quantity: '10',
    fills: [{ afterMs: 0, quantity: '4', price: '22.7299' }],
  });
  const rejected = await stack.broker.script({
    symbol: 'GME',
    instruction: 'BUY',
    orderType: 'MARKET',
    quantity: '10',
    ending: { afterMs: 0, status: 'REJECTED', description: IMAGE + SCRIPT },
  });
  const paths = [await orderPath(stack, id), await orderPath(stack, rejected)];
  await page.goto(stack.urls.api);
  await expect(rows(page, IMAGE)).toBeVisible();
  await page.goto(`${stack.urls.api}${paths[0]}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(IMAGE);
  await page.getByRole('region', { name: 'What the broker said' }).getByRole('group').first().click();
  await expect(page.getByLabel("The broker's answer").first()).toContainText('<img src=x');
  await page.goto(`${stack.urls.api}${paths[1]}`);
  await expect(page.getByText(`The broker says: ${IMAGE}${SCRIPT}`)).toBeVisible();
  await page.goto(`${stack.urls.api}/orders?q=${encodeURIComponent(IMAGE)}`);
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue(IMAGE);
  await page.goto(`${stack.urls.api}/orders/${encodeURIComponent(IMAGE)}`);
  await expect(page.getByText('There is no such order')).toBeVisible();
  await page.goto(`${stack.urls.api}/poller`);
  await expect(page.getByRole('heading', { level: 1, name: 'Poller' })).toBeVisible();

  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(watch.troubles()).toEqual([]);
  expect(watch.origins()).toEqual([stack.urls.api]);

  // A script that found its way into the page all the same would not run, and would have been noticed.
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.pwned=1">');
  });
  await expect.poll(() => watch.takeTroubles()).toContainEqual(expect.stringContaining('Content Security Policy'));
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
});
