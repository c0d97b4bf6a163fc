import type { BlindCause } from '@fill-tracker/contract';

/** Why the tracker could not see, in a few words. */
const CAUSES: Readonly<Record<BlindCause, string>> = {
  'poller-down': 'no poller was at work',
  network: 'the broker could not be reached',
  timeout: 'the broker did not answer in time',
  'server-error': 'the broker’s server failed',
  'rate-limited': 'the broker said to wait',
  'sign-in-needed': 'the sign-in had ended',
  unauthorized: 'the broker refused the access token',
  forbidden: 'the broker refused access',
  refused: 'the broker refused the question',
  shape: 'the broker’s answer could not be read',
  'closed-by-choice': 'polling was off by choice',
  database: 'the database failed',
  'loop-failed': 'the poller failed within',
  overrun: 'a look came much too late',
};

export function causeText(cause: BlindCause): string {
  return CAUSES[cause];
}
