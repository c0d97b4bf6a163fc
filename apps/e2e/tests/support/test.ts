/** Playwright's `test` with our programs around it. A page that complains fails its test. */
import { test as base, expect } from '@playwright/test';
import { type Stack, type StackOptions, startStack } from '../../src/stack/start-stack.ts';
import { type PageWatch, watchPage } from './page-watch.ts';
import { type OrderPaths, showEverything } from './show-everything.ts';

interface Fixtures {
  /** How this test's programs differ from the usual. */
  stackOptions: StackOptions;
  /** Programs of this test alone: it may do with them what it likes. */
  stack: Stack;
  watch: PageWatch;
}

/** Programs with one order of each kind in their record. */
export interface Gallery {
  readonly stack: Stack;
  readonly paths: OrderPaths;
}

const watched = base.extend<Pick<Fixtures, 'watch'>>({
  watch: [
    async ({ page }, use) => {
      const watch = watchPage(page);
      await use(watch);
      expect(watch.troubles(), 'what the page complained about').toEqual([]);
    },
    { auto: true },
  ],
});

/** For stories: each test has programs of its own. */
export const test = watched.extend<Pick<Fixtures, 'stack' | 'stackOptions'>>({
  stackOptions: [{}, { option: true }],
  stack: async ({ stackOptions }, use, testInfo) => {
    await using stack = await startStack(stackOptions);
    await use(stack);
    if (testInfo.status !== testInfo.expectedStatus) process.stderr.write(`${stack.output()}\n`);
  },
  // After the programs, so that it ends before them and does not complain of their end.
  context: async ({ stack: _stack, context }, use) => use(context),
});

/** For looks at every page: programs that the tests of a worker share and leave as they are. */
export const galleryTest = watched.extend<object, { gallery: Gallery }>({
  gallery: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what is needed from this pattern
    async ({}, use) => {
      await using stack = await startStack();
      await use({ stack, paths: await showEverything(stack) });
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
