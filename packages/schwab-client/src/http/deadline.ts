export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether the time ran out, as against the caller having lost interest. */
  expired(): boolean;
  /** Stops the timer and lets go of the caller's signal. */
  [Symbol.dispose](): void;
}

/**
 * A signal that aborts after `ms` milliseconds, or when `outer` does. By hand, because a composed
 * `AbortSignal.any([AbortSignal.timeout(ms)])` may be garbage-collected before it fires on Node 20
 * (nodejs/node#54614).
 */
export function startDeadline(ms: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort();
  }, ms);
  const onOuterAbort = () => controller.abort(outer?.reason);
  if (outer?.aborted === true) onOuterAbort();
  outer?.addEventListener('abort', onOuterAbort, { once: true });
  return {
    signal: controller.signal,
    expired: () => expired,
    [Symbol.dispose]() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onOuterAbort);
    },
  };
}
