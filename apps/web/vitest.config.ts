import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source', 'browser', 'import', 'default'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
