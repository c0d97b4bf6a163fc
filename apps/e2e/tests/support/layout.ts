import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** px: small and usual telephones, a tablet, a usual and a very wide screen. */
const WIDTHS = [360, 390, 768, 1440, 2560] as const;

/** Expects the page to fit on every screen without scrolling sideways. */
export async function expectToFit(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    expect(await sticksOut(page), `what sticks out at ${width} px`).toEqual([]);
  }
}

/** What reaches beyond the right edge and is not inside a box that scrolls by itself. */
function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const isInScroller = (element: Element): boolean => {
      for (let above = element.parentElement; above !== null && above !== document.body; above = above.parentElement) {
        if (getComputedStyle(above).overflowX !== 'visible') return true;
      }
      return false;
    };
    const beyond = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 0.5 && !isInScroller(element))
      .map((element) => `${element.tagName.toLowerCase()} ${element.textContent?.slice(0, 40)}`);
    const isWide = root.scrollWidth > root.clientWidth;
    return isWide ? [`the page is ${root.scrollWidth} px wide`, ...beyond] : beyond;
  });
}
