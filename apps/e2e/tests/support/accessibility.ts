import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules that a theme can break: it changes colours and nothing else. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const WIDTHS = [1440, 390] as const;

/** Expects no violation, in both themes, on a wide and on a narrow screen. */
export async function expectAccessible(page: Page): Promise<void> {
  const violations: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      // Colours that are on their way from one theme to the other belong to neither.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const found = await axe(page, colorScheme === 'dark').analyze();
      for (const { id, help, nodes } of found.violations) {
        violations.push(`${width} px, ${colorScheme}: ${id} (${help}): ${nodes.map(({ html }) => html).join(' | ')}`);
      }
    }
  }
  expect(violations).toEqual([]);
}

function axe(page: Page, isColourOnly: boolean): AxeBuilder {
  // The page has no frames, which is all that the usual, slower mode is for.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  return isColourOnly ? builder.withRules(COLOUR_RULES) : builder.withTags(RULES);
}
