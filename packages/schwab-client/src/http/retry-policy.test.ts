import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SchwabError } from '../errors.ts';
import type { SchwabErrorKind } from '../errors.ts';
import { MAX_RETRIES, retryDelay } from './retry-policy.ts';

const failure = (kind: SchwabErrorKind, retryAfterMs: number | null = null) =>
  new SchwabError(kind, 'failed', { operation: 'get-order', retryAfterMs });

describe('retryDelay', () => {
  it.each(['network', 'timeout', 'server', 'rate-limited'] as const)('tries again after %s', (kind) => {
    expect(retryDelay(failure(kind), 'get-order', 1, 0.5)).toBe(375);
  });

  it.each([
    'unauthorized',
    'forbidden',
    'not-found',
    'bad-request',
    'shape',
    'sign-in-needed',
    'breaker-open',
  ] as const)('takes %s for an answer', (kind) => {
    expect(retryDelay(failure(kind), 'get-order', 1, 0.5)).toBeNull();
  });

  it('does not repeat what it does not know', () => {
    expect(retryDelay(new TypeError('a bug'), 'get-order', 1, 0.5)).toBeNull();
  });

  it('does not repeat a read because its token refresh failed, which had its own retries', () => {
    expect(retryDelay(failure('network'), 'list-orders', 1, 0.5)).toBeNull();
  });

  it('gives up after three retries', () => {
    expect(retryDelay(failure('network'), 'get-order', MAX_RETRIES, 0)).not.toBeNull();
    expect(retryDelay(failure('network'), 'get-order', MAX_RETRIES + 1, 0)).toBeNull();
  });

  it('waits at least as long as Schwab asked', () => {
    expect(retryDelay(failure('server', 9_000), 'get-order', 1, 0.5)).toBe(9_000);
  });

  it('doubles with each failure, spread over the upper half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, random) => {
          const delay = retryDelay(failure('network'), 'get-order', failures, random) ?? Number.NaN;
          expect(delay).toBeGreaterThanOrEqual(250 * 2 ** (failures - 1));
          expect(delay).toBeLessThanOrEqual(500 * 2 ** (failures - 1));
        },
      ),
    );
  });
});
