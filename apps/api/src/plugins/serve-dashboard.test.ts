import { expect, it } from 'vitest';
import { cacheControlOf } from './serve-dashboard.ts';

it('keeps for ever only what carries the hash of its content in its name', () => {
  expect(cacheControlOf('/dist/assets/index-BxYz_123.js')).toContain('immutable');
  for (const path of ['/dist/index.html', '/dist/assets/logo.svg', '/dist/favicon.ico', '/dist/index-BxYz_123.js']) {
    expect(cacheControlOf(path)).toBe('no-cache');
  }
});
