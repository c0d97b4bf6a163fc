import { defineConfig } from '@playwright/test';
import { launchOptions } from './src/browser/launch-options.ts';

const LONG = ['**/server-lost.e2e.ts', '**/poller-killed.e2e.ts', '**/every-page.e2e.ts'];

/** End-to-end tests of the built programs; `tests/support/test.ts` starts them. */
export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.e2e.ts',
  outputDir: 'results',
  // Each runs three programs and a browser, and some wait long for a watchdog: one more than the cores of small machines.
  workers: 3,
  // A test that passes only the second time has found something.
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // What takes longest begins first; the rest goes on beside it.
  projects: [
    { name: 'long', testMatch: LONG },
    { name: 'short', testIgnore: LONG },
  ],
  reporter: [['list']],
  use: {
    launchOptions: await launchOptions(),
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    // A third more time; --trace=retain-on-failure when a failure needs it.
    trace: 'off',
  },
});
