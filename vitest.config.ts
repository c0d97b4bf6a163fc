import { defineConfig } from 'vitest/config';

/** Tests run the sources: packages resolve through their `source` export, so no build can be stale. */
const conditions = ['source', 'node', 'import', 'default'];
const source = { resolve: { conditions }, ssr: { resolve: { conditions } } };

const INTEGRATION = '{apps,packages}/*/src/**/*.integration.test.ts';
const DASHBOARD = 'apps/web/src/**/*.test.tsx';

/**
 * `isolate: false`: the files that a worker runs share what they import. Loading it anew for each took longer than most
 * of their tests. So a test leaves nothing behind in a module, in `process` or in a global.
 */
export default defineConfig({
  test: {
    // Many tests wait for processes and leases rather than compute: two at a time even on two cores.
    maxWorkers: 2,
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.ts'],
          exclude: [INTEGRATION, DASHBOARD],
          isolate: false,
          // Properties try a thing a thousand times: on a busy machine that is slow, and no failure.
          testTimeout: 30_000,
        },
      },
      {
        // In a made-up browser, whose globals a file must not find as another left them.
        ...source,
        test: { name: 'unit-dashboard', include: [DASHBOARD], testTimeout: 30_000 },
      },
      {
        ...source,
        test: {
          name: 'integration',
          include: [INTEGRATION, 'scripts/*.integration.test.mjs'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...source,
        test: { name: 'shipping', include: ['scripts/*.shipping.test.mjs'], testTimeout: 60_000 },
      },
    ],
  },
});
