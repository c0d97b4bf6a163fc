// Mutation testing of the pure core: each small damage to it must be noticed by a test. Long: `pnpm mutation`.
export default {
  packageManager: 'pnpm',
  // TypeScript 7 has no JS API, with which Stryker would rewrite the configuration; the tests run without compiling.
  tsconfigFile: 'none.json',
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'packages/domain/vitest.mutation.config.ts' },
  mutate: ['packages/domain/src/{execution,market,reconciliation}/**/*.ts', '!packages/domain/src/**/*.test.ts'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'mutation/report.json' },
  thresholds: { high: 90, low: 85, break: 85 },
  tempDirName: '.stryker',
};
