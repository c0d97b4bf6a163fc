import type { Locator, Page } from '@playwright/test';
import { rows } from './support/orders.ts';
import { expect, test } from './support/test.ts';

/** More than there are stops on any page. */
const MOST_TABS = 80;

const order = (symbol: string, enteredAfterMs: number) =>
  ({ symbol, instruction: 'BUY', orderType: 'LIMIT', limitPrice: '10', quantity: '10', enteredAfterMs }) as const;

test('every journey goes by keyboard alone, and the focus is always seen', async ({ page, stack }) => {
  const { keyboard } = page;
  await stack.broker.script(order('AMC', -30_000));
  await stack.broker.script(order('GME', -20_000));
  const last = await stack.broker.script(order('TSLA', -10_000));
  await page.goto(stack.urls.api);
  await expect(rows(page)).toHaveCount(3);

  await test.step('look for an order, and leave the search', async () => {
    await keyboard.press('/');
    await expectSeen(page.getByRole('searchbox', { name: 'Search' }));
    await keyboard.type('gme');
    await expect(rows(page)).toHaveCount(1);
    await keyboard.press('Escape');
    await keyboard.press('/');
    await keyboard.press('ControlOrMeta+a');
    await keyboard.press('Delete');
    await expect(rows(page)).toHaveCount(3);
    await keyboard.press('Escape');
  });

  await test.step('move through the orders, ask the broker, open one, go back', async () => {
    await keyboard.press('j');
    await expectSeen(rowLink(page, 'TSLA'));
    await keyboard.press('j');
    await expectSeen(rowLink(page, 'GME'));
    await keyboard.press('j');
    await keyboard.press('k');
    await expectSeen(rowLink(page, 'GME'));
    await keyboard.press('r');
    await expect(
      page.getByText(/^Buy 10 GME: checked (just now|.* ago): 0 of 10, WORKING, nothing new$/),
    ).toBeVisible();
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Buy 10 GME' })).toBeVisible();
    await keyboard.press('r');
    await expect(page.getByText(/^checked (just now|.* ago): 0 of 10, WORKING, nothing new$/)).toBeVisible();
    await tabTo(page, page.getByRole('link', { name: '← Orders' }));
    await keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(3);
  });

  await test.step('change the tab', async () => {
    await tabTo(page, page.getByRole('link', { name: /^Filled/ }));
    await keyboard.press('Enter');
    await expect(page.getByText('Nothing has filled yet')).toBeVisible();
    await tabTo(page, page.getByRole('link', { name: /^All/ }));
    await keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(3);
  });

  await test.step('open the help and close it', async () => {
    const opener = page.getByRole('link', { name: /^All/ });
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    await keyboard.press('?');
    await expect(help).toBeVisible();
    await keyboard.press('Escape');
    await expect(help).toBeHidden();
    await expectSeen(opener);
    await keyboard.press('?');
    await expectSeen(help.getByRole('button', { name: 'Close' }));
    await keyboard.press('Enter');
    await expect(help).toBeHidden();
    await expectSeen(opener);
  });

  await test.step('track an order', async () => {
    const opener = page.getByRole('button', { name: 'Track an order' });
    const dialog = page.getByRole('dialog', { name: 'Track an order' });
    await tabTo(page, opener);
    for (const leave of ['Escape', 'Cancel'] as const) {
      await keyboard.press('Enter');
      await expectSeen(dialog.getByLabel('Schwab’s order id'));
      if (leave === 'Cancel') await tabTo(page, dialog.getByRole('button', { name: 'Cancel' }));
      await keyboard.press(leave === 'Cancel' ? 'Enter' : 'Escape');
      await expect(dialog).toBeHidden();
      await expectSeen(opener);
    }
    await keyboard.press('n');
    await expectSeen(dialog.getByLabel('Schwab’s order id'));
    await keyboard.type(last);
    await keyboard.press('Enter');
    await expect(page.getByText(`${last} was tracked already.`)).toBeVisible();
    await expect(dialog).toBeHidden();
  });

  await test.step('go to the poller', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Poller', exact: true }));
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Poller' })).toBeVisible();
    await walkAround(page);
  });
});

const rowLink = (page: Page, symbol: string): Locator => rows(page, symbol).getByRole('link', { name: symbol });

/** Presses Tab until it has the focus; what has it on the way is seen, too. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    await page.keyboard.press('Tab');
    await expectSomethingSeen(page);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${MOST_TABS} Tabs did not lead to ${target.toString()}.`);
}

/** Tab leads through the whole page and out of it. */
async function walkAround(page: Page): Promise<void> {
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) return;
    await expectSomethingSeen(page);
  }
  throw new Error(`${MOST_TABS} Tabs did not lead out of the page.`);
}

async function expectSeen(target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  await expectSomethingSeen(target.page());
}

/** Expects what has the focus to be on the screen, and marked. */
async function expectSomethingSeen(page: Page): Promise<void> {
  const unseen = await page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return null;
    const name = focused.outerHTML.slice(0, 100);
    const { top, bottom, left, right } = focused.getBoundingClientRect();
    if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return `off the screen: ${name}`;
    // A part of a field that is the browser's own, such as the calendar of a date, is marked by the browser.
    if (!focused.matches(':focus')) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    return outlineStyle === 'none' || parseFloat(outlineWidth) < 2 ? `not marked: ${name}` : null;
  });
  expect(unseen, 'what has the focus and cannot be seen to have it').toBeNull();
}
