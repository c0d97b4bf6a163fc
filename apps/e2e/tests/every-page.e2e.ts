import { expectAccessible } from './support/accessibility.ts';
import { expectToFit } from './support/layout.ts';
import { SCENES } from './support/pages.ts';
import { galleryTest as test } from './support/test.ts';

for (const { name, show } of SCENES) {
  test(`${name}: fits every screen, and axe finds nothing in it`, async ({ page, gallery }) => {
    await show(page, gallery);
    await test.step('no sideways scrolling', () => expectToFit(page));
    await test.step('no violation of accessibility', () => expectAccessible(page));
  });
}
