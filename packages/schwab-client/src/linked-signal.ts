import { setMaxListeners } from 'node:events';

export interface LinkedSignal extends Disposable {
  readonly signal: AbortSignal;
  /** Whether the time ran out, as against one of the sources having aborted. */
  expired(): boolean;
  /** Stops the timer and lets go of the sources: the signal aborts no more. */
  [Symbol.dispose](): void;
}

/**
 * A signal that aborts when the first of its sources does, for the same reason, or after `timeoutMs` milliseconds with a
 * `TimeoutError`. To be disposed of when what it was made for is done.
 *
 * By hand, because on Node 20 each `AbortSignal.any` leaves something behind at every source, which grows for ever where
 * a source lives as long as the process; and because a composed `AbortSignal.any([AbortSignal.timeout(ms)])` may be
 * garbage-collected before it fires (nodejs/node#54614).
 */
export function linkedSignal(sources: readonly (AbortSignal | undefined)[], timeoutMs?: number): LinkedSignal {
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  let expired = false;

  function link(source: AbortSignal): void {
    const abort = (): void => controller.abort(source.reason);
    if (source.aborted) abort();
    // Many at a time, such as one for each open stream, are no leak that Node need warn of: each lets go.
    setMaxListeners(0, source);
    source.addEventListener('abort', abort, { once: true });
    releases.push(() => source.removeEventListener('abort', abort));
  }

  function limit(ms: number): void {
    const timer = setTimeout(() => {
      if (controller.signal.aborted) return;
      expired = true;
      controller.abort(new DOMException('The time is up', 'TimeoutError'));
    }, ms);
    releases.push(() => clearTimeout(timer));
  }

  for (const source of sources) if (source !== undefined) link(source);
  if (timeoutMs !== undefined) limit(timeoutMs);
  return {
    signal: controller.signal,
    expired: () => expired,
    [Symbol.dispose]() {
      for (const release of releases) release();
    },
  };
}
