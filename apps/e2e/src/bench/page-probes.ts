/** Clocks inside the page: what a person would see is timed where it happens, free of the test protocol's own delay. */
import type { Page } from '@playwright/test';

declare global {
  /** In the page. */
  var firstRowDrawn: Promise<number> | undefined;
}

/** CSS of a row of orders that is drawn. */
export const ROWS = 'tbody tr[aria-rowindex]';

/** When the first row was drawn and the page answered again, ms from the start of the navigation. */
export async function watchForFirstRow(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript((rows) => {
    const drawn = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (document.querySelector(rows) === null) return;
        observer.disconnect();
        // The frame that shows it, then the first task that the page takes afterwards: it can be used now.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      });
      observer.observe(document, { childList: true, subtree: true });
    });
    globalThis.firstRowDrawn = drawn;
  }, ROWS);
  return () => page.evaluate(() => globalThis.firstRowDrawn ?? Number.NaN);
}

/** From navigation to the first content, ms. The browser tells of a paint some time after it. */
export function firstContentfulPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint !== undefined) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

/** How long it took until the rows were drawn, ms. */
export interface RowsTime {
  /** From the person's last event. */
  readonly sinceEvent: number;
  /** From the request for them: without the pause that a filter waits for the person to go on typing. */
  readonly sinceRequest: number;
}

/**
 * Runs what a person does, and times it: from the last event of that kind to the drawn frame in which the cells of
 * one column read as expected in every row on the screen.
 *
 * @param expected source of a regular expression
 */
export async function timeUntilRowsRead(
  page: Page,
  { event, column, expected }: { event: 'input' | 'click'; column: string; expected: string },
  act: () => Promise<void>,
): Promise<RowsTime> {
  const question = { event, cells: `${ROWS} td[data-column="${column}"]`, expected };
  const answered = page.evaluate(async (asked) => {
    let actedAt = Number.NaN;
    const note = (happened: Event): void => void (actedAt = happened.timeStamp);
    document.addEventListener(asked.event, note, { capture: true });
    const pattern = new RegExp(asked.expected);
    const reads = (): boolean => {
      const cells = [...document.querySelectorAll(asked.cells)];
      return cells.length > 0 && cells.every((cell) => pattern.test(cell.textContent));
    };
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (Number.isNaN(actedAt) || !reads()) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(resolve));
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    document.removeEventListener(asked.event, note, { capture: true });
    const now = performance.now();
    const requests = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/orders?'));
    return { sinceEvent: now - actedAt, sinceRequest: now - (requests.at(-1)?.startTime ?? Number.NaN) };
  }, question);
  await act();
  return answered;
}

/** Scrolls the orders by `step` px a frame until `rows` rows have passed. @returns the frames' lengths, ms */
export function scrollFrames(
  page: Page,
  { step, distance }: { step: number; distance: number },
): Promise<readonly number[]> {
  return page.evaluate(
    async (asked) => {
      const scroller = document.querySelector('[role="region"][aria-label="Orders"]');
      if (scroller === null) throw new Error('There is no table of orders to scroll');
      const frame = (): Promise<number> => new Promise((resolve) => void requestAnimationFrame(resolve));
      const frames: number[] = [];
      let last = await frame();
      while (scroller.scrollTop < asked.distance) {
        const before = scroller.scrollTop;
        scroller.scrollTop += asked.step;
        const now = await frame();
        // Standing still means waiting for more rows to come, not a slow frame.
        if (scroller.scrollTop > before) frames.push(now - last);
        last = now;
      }
      return frames;
    },
    { step, distance },
  );
}
