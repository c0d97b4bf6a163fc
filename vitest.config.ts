import { defineConfig } from 'vitest/config';

/** Tests run the sources: packages resolve through their `source` export, so no build can be stale. */
const conditions = ['source', 'node', 'import', 'default'];
const source = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  test: {
    // Many tests wait for processes and leases rather than compute: two at a time even on two cores.
    maxWorkers: 2,
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts'],
        },
      },
      {
        ...source,
        test: {
          name: 'integration',
          include: ['{apps,packages}/*/src/**/*.integration.test.ts', 'scripts/*.integration.test.mjs'],
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
