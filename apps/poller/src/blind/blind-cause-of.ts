import { isDatabaseError } from '@fill-tracker/db';
import type { FailureCause } from '@fill-tracker/domain';
import type { SchwabErrorKind } from '@fill-tracker/schwab-client';

/** The client's words for a failure, as causes of blindness. */
const CAUSES: Readonly<Record<SchwabErrorKind, FailureCause>> = {
  network: 'network',
  timeout: 'timeout',
  server: 'server-error',
  'rate-limited': 'rate-limited',
  unauthorized: 'unauthorized',
  'sign-in-needed': 'sign-in-needed',
  forbidden: 'forbidden',
  'bad-request': 'refused',
  'not-found': 'refused',
  shape: 'shape',
  // The breaker only opens over failures that were told before it; by itself it says that the broker fails.
  'breaker-open': 'server-error',
};

export function blindCauseOfKind(kind: SchwabErrorKind): FailureCause {
  return CAUSES[kind];
}

/** Of what was thrown out of the loop. */
export function blindCauseOfError(error: unknown): FailureCause {
  return isDatabaseError(error) ? 'database' : 'loop-failed';
}
