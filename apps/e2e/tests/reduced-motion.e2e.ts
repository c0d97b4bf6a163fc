import type { Browser, Page } from '@playwright/test';
import { cell, rows } from './support/orders.ts';
import { expect, test } from './support/test.ts';

/** What nobody sees move, ms. */
const INVISIBLE_MS = 1;

declare global {
  interface Window {
    longestMotion: number;
  }
}

test('what moves for others stands still for those who asked for it', async ({ browser, stack }) => {
  const still = await openPage(browser, stack.urls.api, 'reduce');
  const moving = await openPage(browser, stack.urls.api, 'no-preference');
  await stack.broker.freeze();
  await stack.broker.script({
    symbol: 'GME',
    instruction: 'BUY',
    orderType: 'MARKET',
    quantity: '30',
    fills: [
      { afterMs: 1_000, quantity: '10', price: '22.7299' },
      { afterMs: 2_000, quantity: '20', price: '22.7301' },
    ],
  });
  for (const filled of ['0/30', '10/30', '30/30']) {
    for (const page of [still, moving]) await expect(cell(rows(page, 'GME'), 'quantity')).toHaveText(filled);
    await stack.broker.advance(1_000);
  }
  for (const page of [still, moving]) {
    await page.keyboard.press('?');
    await page.keyboard.press('Escape');
    await rows(page, 'GME').getByRole('link').click();
    await page.getByRole('button', { name: 'Re-poll' }).click();
    await expect(page.getByText(/nothing new$/)).toBeVisible();
  }
  expect(await longestMotion(moving), 'something moves for others').toBeGreaterThan(INVISIBLE_MS);
  expect(await longestMotion(still)).toBeLessThanOrEqual(INVISIBLE_MS);
});

async function openPage(browser: Browser, address: string, reducedMotion: 'reduce' | 'no-preference'): Promise<Page> {
  const context = await browser.newContext({ reducedMotion });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.longestMotion = 0;
    const note = (): void => {
      for (const animation of document.getAnimations()) {
        const duration = Number(animation.effect?.getComputedTiming().activeDuration ?? 0);
        window.longestMotion = Math.max(window.longestMotion, duration);
      }
    };
    for (const name of ['animationstart', 'transitionrun']) document.addEventListener(name, note, true);
  });
  await page.goto(address);
  await expect(page.getByRole('group', { name: 'Connection' })).toHaveText('Live');
  return page;
}

function longestMotion(page: Page): Promise<number> {
  return page.evaluate(() => window.longestMotion);
}
