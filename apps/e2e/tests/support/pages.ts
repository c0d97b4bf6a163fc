import type { Page } from '@playwright/test';
import { expect, type Gallery } from './test.ts';
import { rows } from './orders.ts';

/** A state of the dashboard, and how to get there. Resolves when it is all there. */
export interface Scene {
  readonly name: string;
  readonly show: (page: Page, gallery: Gallery) => Promise<void>;
}

/** Every page, and each state of it that looks another way. */
export const SCENES: readonly Scene[] = [
  {
    name: 'orders',
    show: async (page, { stack }) => {
      await page.goto(`${stack.urls.api}/orders`);
      await expect(rows(page)).toHaveCount(7);
    },
  },
  {
    name: 'a search that finds nothing',
    show: async (page, { stack }) => {
      await page.goto(`${stack.urls.api}/orders?q=ZZZZ`);
      await expect(page.getByText('No order matches these filters')).toBeVisible();
    },
  },
  { name: 'a filled order', show: (page, { stack, paths }) => showOrder(page, stack.urls.api + paths.filled) },
  { name: 'an order with flags', show: (page, { stack, paths }) => showOrder(page, stack.urls.api + paths.flagged) },
  { name: 'a rejected order', show: (page, { stack, paths }) => showOrder(page, stack.urls.api + paths.rejected) },
  {
    name: 'the dialog to resolve an order',
    show: async (page, { stack, paths }) => {
      await showOrder(page, stack.urls.api + paths.flagged);
      await page.getByRole('button', { name: 'Resolve…' }).click();
      await page.getByRole('radio', { name: /^This order replaces another/ }).check();
      await page.getByRole('button', { name: 'Decide' }).click();
      await expect(page.getByText(/^Say why/)).toBeVisible();
    },
  },
  {
    name: 'an order as it was known',
    show: async (page, { stack, paths }) => {
      await page.goto(`${stack.urls.api}${paths.filled}?asKnownAt=${new Date().toISOString()}`);
      await expect(page.getByRole('region', { name: 'At a glance, then' })).toBeVisible();
    },
  },
  {
    name: 'the poller',
    show: async (page, { stack }) => {
      await page.goto(`${stack.urls.api}/poller`);
      await expect(page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'the dialog to track an order',
    show: async (page, { stack }) => {
      await page.goto(`${stack.urls.api}/orders`);
      await expect(rows(page)).toHaveCount(7);
      await page.keyboard.press('n');
      await page.getByRole('dialog').getByRole('button', { name: 'Track' }).click();
      await expect(page.getByText('An order id has 1 to 19 digits')).toBeVisible();
    },
  },
  {
    name: 'the help for keys',
    show: async (page, { stack }) => {
      await page.goto(`${stack.urls.api}/orders`);
      await expect(rows(page)).toHaveCount(7);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
    },
  },
  {
    name: 'an order that is none',
    show: async (page, { stack }) => {
      await page.goto(`${stack.urls.api}/orders/none`);
      await expect(page.getByRole('heading', { level: 1, name: 'There is no such order' })).toBeVisible();
    },
  },
];

async function showOrder(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('region', { name: 'Audit trail' })).toBeVisible();
}
