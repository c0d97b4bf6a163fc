/** Why the tracker could not see for a while. */
export type BlindCause =
  | 'poller-down'
  | 'network'
  | 'timeout'
  | 'server-error'
  | 'rate-limited'
  | 'sign-in-needed'
  | 'unauthorized'
  | 'forbidden'
  | 'refused'
  | 'shape'
  | 'closed-by-choice'
  | 'database'
  | 'loop-failed'
  | 'overrun';

/** Why a look failed. Nobody chooses that. */
export type FailureCause = Exclude<BlindCause, 'closed-by-choice'>;

/** What each cause means, for people. */
export const BLIND_CAUSES: Readonly<Record<BlindCause, string>> = {
  'poller-down': 'no poller was at work',
  network: 'the broker could not be reached',
  timeout: 'the broker did not answer in time',
  'server-error': "the broker's server failed",
  'rate-limited': 'the broker said to wait: too many calls',
  'sign-in-needed': 'the sign-in had ended',
  unauthorized: 'the broker refused the access token',
  forbidden: 'the broker refused access',
  refused: 'the broker refused the question',
  shape: "the broker's answer could not be read",
  'closed-by-choice': 'polling was switched off outside market hours, by choice',
  database: 'the database could not be read or written',
  'loop-failed': 'the poller failed within',
  overrun: 'a look at the broker came much later than announced',
};
