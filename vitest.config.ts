import { defineConfig } from 'vitest/config';

/** Tests run the sources: packages resolve through their `source` export, so no build can be stale. */
const source = {
  resolve: { conditions: ['source', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: { name: 'unit', include: ['{apps,packages}/*/src/**/*.test.ts'], exclude: ['**/*.integration.test.ts'] },
      },
      {
        ...source,
        test: {
          name: 'integration',
          include: ['{apps,packages}/*/src/**/*.integration.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
