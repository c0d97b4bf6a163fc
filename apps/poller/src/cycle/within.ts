import { SECOND } from '@fill-tracker/domain';
import { SchwabError } from '@fill-tracker/schwab-client';

/**
 * Gives a call to the broker, retries and all, this long. The client waits and tries again patiently; a loop that
 * has other orders and commands to look after must not.
 *
 * @throws {SchwabError} of kind `timeout` when the time runs out.
 */
export async function within<T>(
  limitMs: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await call(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted || signal.aborted || error instanceof SchwabError) throw error;
    throw new SchwabError('timeout', `no answer within ${limitMs / SECOND} s, all tries together`);
  }
}
