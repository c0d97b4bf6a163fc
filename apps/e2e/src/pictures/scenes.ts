import { pollerHealth } from '@fill-tracker/contract';
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
    { name: 'order-corrected', path: `/orders/${cast.corrected}`, height: TALL, act: isCorrected },
    { name: 'order-disagreeing', path: `/orders/${cast.disagreeing}`, height: TALL },
    { name: 'order-replaced', path: `/orders/${cast.replaced}`, height: TALL },
    { name: 'order-resolve', path: `/orders/${cast.unpriced}`, act: openResolve },
    { name: 'order-then', path: `/orders/${cast.parts}?asKnownAt=${new Date().toISOString()}`, act: isThePast },
    { name: 'order-missing', path: '/orders/999999' },
    { name: 'poller-running', path: '/poller', height: 1_300 },
    { name: 'poller-asks', path: '/poller', height: 1_100, prepare: askForPerson, act: isAsking },
    { name: 'poller-sign-in', path: '/poller', prepare: askForPerson, act: openSignIn },
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

/** What the demo never has: a sign-in that ends soon, and orders that nobody tracks. */
async function askForPerson(page: Page): Promise<void> {
  const account = { id: 'A1', maskedNumber: '...4321' };
  const seen = new Date().toISOString();
  const untracked = ['1059685024117', '1059685024131'].map((brokerOrderId, i) => ({
    account,
    brokerOrderId,
    symbol: i === 0 ? 'GME' : 'SPY',
    instruction: i === 0 ? 'SELL' : 'BUY',
    quantity: i === 0 ? '60' : '12',
    brokerStatus: 'WORKING',
    enteredAt: seen,
    firstSeenAt: seen,
    lastSeenAt: seen,
    adopt: { command: 'poller track', body: { account: account.id, brokerOrderId } },
  }));
  const orphans = { untracked, untrackedIsCapped: false, unknownToBroker: [], unknownToBrokerIsCapped: false };
  const expiresAt = new Date(Date.now() + 3 * 3_600_000).toISOString();
  const signIn = { signedInAt: seen, expiresAt, warning: null };
  await page.route('**/api/orphans', (route) => route.fulfill({ json: orphans }));
  await page.route('**/api/poller', async (route) => {
    const answer: unknown = await (await route.fetch()).json();
    await route.fulfill({ json: { ...pollerHealth.parse(answer), demo: false, signIn } });
  });
  await page.route('**/api/sign-in', (route) =>
    route.fulfill({
      json: {
        signIn,
        link: 'https://api.schwabapi.com/v1/oauth/authorize',
        linkExpiresAt: expiresAt,
        explanation:
          'Open the link, sign in at Schwab and allow the app. Then copy the whole address of the page you end up on ' +
          '(it may not load) and paste it here within 30 seconds.',
        workingOrders: 3,
      },
    }),
  );
}

async function isAsking(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Track Sell 60/ }).waitFor();
}

async function openSignIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('link', { name: /Open Schwab/ }).waitFor();
}

async function openResolve(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Resolve…' }).click();
}

async function isCorrected(page: Page): Promise<void> {
  await page.getByText('no longer counted').first().waitFor();
}

async function isThePast(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'At a glance, then' }).waitFor();
}
