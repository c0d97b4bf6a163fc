import { SECOND } from '@fill-tracker/domain';
import { linkedSignal, type SchwabClient, SchwabError } from '@fill-tracker/schwab-client';

/**
 * Gives a call to the broker, retries and all, this long. The client waits and tries again patiently; a loop that
 * has other orders and commands to look after must not.
 *
 * @throws {SchwabError} when the time runs out: of kind `rate-limited` when Schwab wants no calls for now, which is
 *   what it was spent on; else of kind `timeout`.
 */
export async function within<T>(
  client: Pick<SchwabClient, 'budget'>,
  limitMs: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  using limited = linkedSignal([signal], limitMs);
  try {
    return await call(limited.signal);
  } catch (error) {
    if (!limited.expired() || signal.aborted || error instanceof SchwabError) throw error;
    throw outOfTime(limitMs, client.budget().pausedUntil);
  }
}

function outOfTime(limitMs: number, pausedUntil: number | null): SchwabError {
  const limit = `within ${limitMs / SECOND} s`;
  if (pausedUntil === null) return new SchwabError('timeout', `no answer ${limit}, all tries together`);
  const until = new Date(pausedUntil).toISOString();
  return new SchwabError('rate-limited', `not asked ${limit}: Schwab said 429, and nothing is sent until ${until}`);
}
