import { auditPage } from '@fill-tracker/contract';
import type { Page } from '@playwright/test';
import type { Stack } from '../src/stack/start-stack.ts';
import { rows, statusMark } from './support/orders.ts';
import { expect, test } from './support/test.ts';

const ORDERS = 24;

test('a page outlives its server, and the event stream resumes with neither gap nor repeat', async ({
  page,
  stack,
  watch,
}) => {
  await page.goto(stack.urls.api);
  await followEvents(page);
  await expect(statusMark(page, 'Connection')).toHaveText('Live');
  for (let order = 0; order < ORDERS; order += 1) await stack.broker.script(fillingFor(order));
  await expect.poll(async () => (await seenSeqs(page)).length, 'events before the server dies').toBeGreaterThan(5);

  // Gone for a moment, while fills are recorded.
  await stack.api.kill();
  await expect(statusMark(page, 'Connection')).toHaveText('Reconnecting…');
  await stack.api.start();
  // The browser tries again in its own time, and a busy machine starts programs slowly.
  await expect(statusMark(page, 'Connection')).toHaveText('Live', { timeout: 60_000 });
  await expect.poll(() => tries(page), 'the stream is open again').toBeGreaterThan(1);

  // Gone for long.
  await stack.api.kill();
  await expect(statusMark(page, 'Connection')).toHaveText('Reconnecting…');
  await expect(statusMark(page, 'Connection')).toHaveText('Stale', { timeout: 20_000 });
  await expect(page.getByRole('alert').filter({ hasText: 'Old data. The server does not answer.' })).toBeVisible();
  await expect(statusMark(page, 'Poller')).toHaveText('Poller unknown');
  await stack.api.start();
  await expect(statusMark(page, 'Connection')).toHaveText('Live', { timeout: 60_000 });
  await expect(page.getByRole('alert').filter({ hasText: 'Old data' })).toBeHidden();

  await expect(rows(page, 'FILLED')).toHaveCount(ORDERS, { timeout: 20_000 });
  const recorded = await recordedSeqs(stack);
  expect(recorded.length, 'several changes of each order').toBeGreaterThan(3 * ORDERS);
  // Health frames come after the changes before them: once one is heard, nothing older is on its way.
  await heardHealth(page);
  expect((await seenSeqs(page)).toSorted((a, b) => a - b)).toEqual(recorded.toSorted((a, b) => a - b));
  expect(watch.loads(), 'the page was loaded once').toBe(1);
});

/** Fills while the server comes and goes: one share each two seconds. */
function fillingFor(order: number) {
  const fills = Array.from({ length: 12 }, (_, i) => ({
    afterMs: 200 + 80 * order + 2_000 * i,
    quantity: '1',
    price: `22.${7000 + i}`,
  }));
  return { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '12', fills } as const;
}

/** What the page's own EventSource hears, with the browser's own reconnection. */
declare global {
  interface Window {
    heard: { seqs: number[]; opened: number; health: number };
  }
}

async function followEvents(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard = { seqs: [] as number[], opened: 0, health: 0 };
    window.heard = heard;
    const source = new EventSource('/api/events?lastEventId=0');
    source.addEventListener('open', () => (heard.opened += 1));
    source.addEventListener('health', () => (heard.health += 1));
    source.addEventListener('message', (event) => heard.seqs.push(Number(event.lastEventId)));
  });
}

const seenSeqs = (page: Page): Promise<number[]> => page.evaluate(() => window.heard.seqs);
const tries = (page: Page): Promise<number> => page.evaluate(() => window.heard.opened);

async function heardHealth(page: Page): Promise<void> {
  const before = await page.evaluate(() => window.heard.health);
  await page.waitForFunction((count) => window.heard.health > count, before);
}

async function recordedSeqs(stack: Stack): Promise<number[]> {
  const seqs: number[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path = `/api/audit?limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = auditPage.parse(await stack.ask(path));
    seqs.push(...page.items.map(({ seq }) => seq));
    cursor = page.nextCursor;
  }
  return seqs;
}
