/** How fast is the dashboard on a large record? The API alone, a real Chromium with an empty cache, several visits. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { launchOptions } from '../browser/launch-options.ts';
import { seedRecord } from '../seed/seed-record.ts';
import { apiAlone } from '../stack/api-alone.ts';
import type { Bench, BenchOptions, BenchResult } from './bench.ts';
import { type Measurement, measurement, measurementTable } from './measurement.ts';
import {
  firstContentfulPaint,
  ROWS,
  type RowsTime,
  scrollFrames,
  timeUntilRowsRead,
  watchForFirstRow,
} from './page-probes.ts';
import { weighScripts } from './script-weight.ts';
import { percentile } from './statistics.ts';

const REPETITIONS = 7;
const SEED = 1;
const VIEWPORT = { width: 1440, height: 900 };
/** px a frame: as fast as a wheel flung. */
const SCROLL_STEP = 400;
/** px: a good thousand rows, with their pages fetched on the way. */
const SCROLL_DISTANCE = 40_000;

/** What is measured at each visit; the limits are the design's. */
const MEASURES = [
  { key: 'firstPaint', name: 'first contentful paint', unit: 'ms', limit: 1_000 },
  { key: 'usable', name: 'rows there and usable', unit: 'ms', limit: null },
  { key: 'filter', name: 'filter typed to rows drawn', unit: 'ms', limit: 100 },
  { key: 'filterAnswer', name: '  of it after the pause for typing', unit: 'ms', limit: null },
  { key: 'tab', name: 'tab clicked to rows drawn', unit: 'ms', limit: 100 },
  { key: 'frame', name: 'scrolling, frame p95', unit: 'ms', limit: null },
  { key: 'rows', name: 'rows in the page', unit: 'rows', limit: null },
  { key: 'script', name: 'scripts of the first load, gzip', unit: 'kB', limit: 200 },
  { key: 'transferred', name: 'scripts as transferred', unit: 'kB', limit: null },
] as const;

type Visit = Readonly<Record<(typeof MEASURES)[number]['key'], number>>;

export const DASHBOARD_BENCH: Bench = {
  orders: 10_000,
  run: benchDashboard,
};

async function benchDashboard({ orders, progress }: BenchOptions): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'fill-tracker-bench-'));
  try {
    progress(`writing a record of ${orders} orders`);
    const file = join(folder, 'record.db');
    const counts = await seedRecord({ file, orders, seed: SEED, now: Date.now() });
    const visits = await visitAll(file, progress);
    const measurements = MEASURES.map((measure) =>
      measurement(
        measure,
        visits.map((one) => one[measure.key]),
      ),
    );
    return { json: { orders: counts, measurements }, text: text(orders, measurements) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function text(orders: number, measurements: readonly Measurement[]): string {
  return `${orders} orders in the record, ${REPETITIONS} visits with an empty cache\n${measurementTable(measurements)}`;
}

async function visitAll(file: string, progress: BenchOptions['progress']): Promise<readonly Visit[]> {
  const api = await apiAlone(file);
  const browser = await chromium.launch(await launchOptions());
  try {
    // The first visit warms up the programs, not the cache: it is not counted.
    await visit(browser, api.url);
    const visits: Visit[] = [];
    for (let n = 1; n <= REPETITIONS; n += 1) {
      progress(`visit ${n} of ${REPETITIONS}`);
      visits.push(await visit(browser, api.url));
    }
    return visits;
  } finally {
    await browser.close();
    await api.program.stop();
  }
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    const scripts = weighScripts(page);
    const firstRow = await watchForFirstRow(page);
    await page.goto(`${url}/orders`);
    const usable = await firstRow();
    const firstPaint = await firstContentfulPaint(page);
    const { gzip, transferred } = await scripts();
    const filter = await typeSymbol(page);
    const tab = await clickTab(page);
    await page.goto(`${url}/orders`);
    await page.locator(ROWS).first().waitFor();
    const frames = await scrollFrames(page, { step: SCROLL_STEP, distance: SCROLL_DISTANCE });
    const rows = await page.locator(ROWS).count();
    return {
      firstPaint,
      usable,
      filter: filter.sinceEvent,
      filterAnswer: filter.sinceRequest,
      tab: tab.sinceEvent,
      frame: percentile(frames, 0.95),
      rows,
      script: gzip,
      transferred,
    };
  } finally {
    await context.close();
  }
}

async function typeSymbol(page: Page): Promise<RowsTime> {
  const box = page.getByRole('searchbox', { name: 'Symbol' });
  const elapsed = await timeUntilRowsRead(page, { event: 'input', column: 'symbol', expected: '^GME' }, () =>
    box.pressSequentially('GME', { delay: 60 }),
  );
  await box.fill('');
  await page.locator(ROWS).filter({ hasNotText: 'GME' }).first().waitFor();
  return elapsed;
}

function clickTab(page: Page): Promise<RowsTime> {
  const tab = page.getByRole('navigation', { name: 'Orders by status' }).getByRole('link', { name: 'Ended' });
  const asked = { event: 'click', column: 'status', expected: 'Canceled|Expired|Rejected|Replaced' } as const;
  return timeUntilRowsRead(page, asked, () => tab.click());
}
