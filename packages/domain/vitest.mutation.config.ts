import { defineConfig } from 'vitest/config';

/** The domain's own tests, with few runs of each property: they are run once for every mutant. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['src/**/*.test.ts'],
    // It changes the time zone of its process, which the threads that mutants run in do not have to themselves.
    exclude: ['src/market/host-time-zone.test.ts'],
    env: { FC_RUNS: '25' },
  },
});
