import type { Clock } from '../clock.ts';
import type { Operation } from '../operation.ts';
import { retryDelay } from './retry-policy.ts';

export interface RetryContext {
  readonly operation: Operation;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `attempt` until it succeeds or its failure is final. For reads and token refreshes only (see `retryDelay`). */
export async function sendWithRetry<T>(attempt: (failures: number) => Promise<T>, context: RetryContext): Promise<T> {
  for (let failures = 0; ;) {
    try {
      return await attempt(failures);
    } catch (error) {
      failures += 1;
      const delay = retryDelay(error, context.operation, failures, context.random());
      if (delay === null) throw error;
      await context.clock.sleep(delay, context.signal);
    }
  }
}
