import { SchwabError } from '../errors.ts';
import type { Operation } from '../operation.ts';

export const MAX_RETRIES = 3;
const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;

/**
 * Whether and when to try a failed READ (or token refresh) again. Writes never come here: Schwab knows no client order
 * id, so a repeated order may buy twice.
 *
 * Only what may pass by itself is retried (no answer, 5xx, 429), and only when this very operation failed: a token
 * refresh inside a read has had its own retries.
 *
 * @param failures how often this call has failed so far, from 1.
 * @param random in [0, 1); spreads the delay over its upper half, so that it never falls to nothing.
 * @returns ms to wait before the next attempt, null to give up.
 */
export function retryDelay(error: unknown, operation: Operation, failures: number, random: number): number | null {
  if (failures > MAX_RETRIES || !isTransient(error) || error.operation !== operation) return null;
  const ceiling = Math.min(BASE_DELAY_MS * 2 ** (failures - 1), MAX_DELAY_MS);
  return Math.max(Math.round(ceiling * (0.5 + random / 2)), error.retryAfterMs ?? 0);
}

function isTransient(error: unknown): error is SchwabError {
  return error instanceof SchwabError && ['network', 'timeout', 'server', 'rate-limited'].includes(error.kind);
}
