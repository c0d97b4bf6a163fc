import { SECOND } from '@fill-tracker/domain';
import type { StopSignals } from '../loop/run-poll-loop.ts';

/** Time to finish the cycle that runs before its calls are cut short; the whole stop stays well under 10 s. */
const FINISH_WITHIN_MS = 5 * SECOND;

/** The first SIGINT or SIGTERM asks to finish; a second one, or the time running out, cuts short. */
export function stopOnSignals(): StopSignals & { readonly request: () => void } {
  const stop = new AbortController();
  const hurry = new AbortController();
  const request = (): void => {
    if (stop.signal.aborted) hurry.abort(new Error('told twice to stop'));
    stop.abort(new Error('told to stop'));
    setTimeout(() => hurry.abort(new Error('told to stop')), FINISH_WITHIN_MS).unref();
  };
  process.on('SIGINT', request);
  process.on('SIGTERM', request);
  return { stop: stop.signal, hurry: hurry.signal, request };
}
