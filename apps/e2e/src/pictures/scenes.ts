import type { Page } from '@playwright/test';
import type { Cast } from './cast.ts';
import type { Scene } from './scene.ts';

const TALL = 1_900;

const rowsAreThere = (page: Page): Promise<void> => page.locator('tbody tr[aria-rowindex]').first().waitFor();
const isOld = (page: Page): Promise<void> => page.getByText('Old data.').waitFor();
const hasFailed = (page: Page): Promise<void> => page.getByRole('button', { name: 'Try again' }).waitFor();
const press = (key: string) => (page: Page) => page.keyboard.press(key);

/** The pages as they mostly are. */
export function ordinaryScenes(cast: Cast): readonly Scene[] {
  return [
    { name: 'orders-all', path: '/orders', act: rowsAreThere },
    { name: 'orders-pending', path: '/orders?status=pending', act: rowsAreThere },
    { name: 'orders-filled', path: '/orders?status=completed', act: rowsAreThere },
    { name: 'orders-ended', path: '/orders?status=failed', act: rowsAreThere },
    { name: 'orders-attention', path: '/orders?status=attention', act: rowsAreThere },
    { name: 'orders-filtered', path: '/orders?symbol=GME&sort=closedAt', act: rowsAreThere },
    { name: 'orders-nothing-found', path: '/orders?q=zzzz' },
    { name: 'orders-bad-address', path: '/orders?status=bogus' },
    { name: 'orders-loading', path: '/orders', prepare: keepWaiting },
    { name: 'orders-error', path: '/orders', prepare: answerWithTrouble, act: hasFailed },
    { name: 'orders-active-row', path: '/orders', act: moveDown },
    { name: 'orders-repolled', path: '/orders', act: repollFromList },
    { name: 'track-dialog', path: '/orders', act: trackBadly },
    { name: 'key-help', path: '/orders', act: press('?') },
    { name: 'order-parts', path: `/orders/${cast.parts}`, height: TALL },
    { name: 'order-working', path: `/orders/${cast.working}`, height: TALL },
    { name: 'order-partly', path: `/orders/${cast.partly}`, height: TALL },
    { name: 'order-rejected', path: `/orders/${cast.rejected}` },
    { name: 'order-rejected-with-fills', path: `/orders/${cast.rejectedWithFills}`, height: TALL },
    { name: 'order-unpriced', path: `/orders/${cast.unpriced}` },
    { name: 'order-unknown-status', path: `/orders/${cast.unknownStatus}` },
    { name: 'order-outside-limit', path: `/orders/${cast.outsideLimit}` },
    { name: 'order-spread', path: `/orders/${cast.spread}`, height: TALL },
    { name: 'order-repolled', path: `/orders/${cast.working}`, act: repoll },
    { name: 'order-missing', path: '/orders/999999' },
    { name: 'poller-running', path: '/poller', height: 1_300 },
    { name: 'page-missing', path: '/nowhere' },
  ];
}

/** With the poller stopped. */
export function stoppedScenes(cast: Cast): readonly Scene[] {
  return [
    { name: 'stopped-orders', path: '/orders', act: rowsAreThere },
    { name: 'stopped-poller', path: '/poller', height: 1_300 },
    { name: 'stopped-repoll', path: `/orders/${cast.working}`, act: repoll },
  ];
}

/** With a broker that answers nothing but errors. */
export const FAILING_SCENES: readonly Scene[] = [
  { name: 'failing-orders', path: '/orders', act: isOld },
  { name: 'failing-poller', path: '/poller', height: 1_300, act: isOld },
];

/** With a record of no orders, of the demo. */
export const DEMO_BEGINS_SCENES: readonly Scene[] = [{ name: 'empty-demo', path: '/orders' }];

/** With a record of no orders, and no broker connected. */
export const FIRST_RUN_SCENES: readonly Scene[] = [
  { name: 'first-run-orders', path: '/orders' },
  { name: 'first-run-poller', path: '/poller' },
];

async function keepWaiting(page: Page): Promise<void> {
  await page.route(/\/api\/orders(\?|$)/, () => undefined);
}

async function answerWithTrouble(page: Page): Promise<void> {
  const problem = {
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: 'The record cannot be read at the moment. Try again in a minute.',
  };
  await page.route(/\/api\/orders(\?|$)/, (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
}

async function moveDown(page: Page): Promise<void> {
  await rowsAreThere(page);
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('j');
}

async function repollFromList(page: Page): Promise<void> {
  await moveDown(page);
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'Close message' }).waitFor();
  await page.getByText('asking the broker…').waitFor({ state: 'detached' });
}

async function trackBadly(page: Page): Promise<void> {
  await page.keyboard.press('n');
  await page.getByLabel(/order id/).fill('12x');
  await page.getByRole('button', { name: 'Track', exact: true }).click();
}

async function repoll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Re-poll' }).click();
  await page.getByRole('status').filter({ hasText: /\w/ }).filter({ hasNotText: 'Asking' }).first().waitFor();
}
