import { SECOND } from '@fill-tracker/domain';
import { linkedSignal, SchwabError } from '@fill-tracker/schwab-client';

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
  using limited = linkedSignal([signal], limitMs);
  try {
    return await call(limited.signal);
  } catch (error) {
    if (!limited.expired() || signal.aborted || error instanceof SchwabError) throw error;
    throw new SchwabError('timeout', `no answer within ${limitMs / SECOND} s, all tries together`);
  }
}
