const BROKER_AWAY =
  'Schwab cannot be reached, or does not answer; the poller goes on trying and reads up what it missed. If it lasts, ' +
  'check the network of this machine: `poller doctor`.';

const REFUSED =
  'Schwab refuses the calls. Check with `poller doctor` that the app is "Ready For Use" and linked to the account.';

/** What to do about cycles that fail, by what they fail of. */
const ADVICE: Readonly<Record<string, string>> = {
  network: BROKER_AWAY,
  timeout: BROKER_AWAY,
  server: BROKER_AWAY,
  'breaker-open': BROKER_AWAY,
  forbidden: REFUSED,
  unauthorized: REFUSED,
  'bad-request': REFUSED,
  'sign-in-needed': 'Sign in again: `poller login`, or on the poller page of the dashboard.',
  'rate-limited':
    'Schwab says that it is asked too often. Lower POLL_REQUESTS_PER_MINUTE, or give the bot an app of its own.',
  shape: 'Schwab answers in a form that this program does not know: look into the log, and update the program.',
};

/** @param kind as the record of cycles names it, such as `timeout` */
export function errorAdvice(kind: string): string {
  return ADVICE[kind] ?? `Cycles fail (${kind}): the log of the poller says more, and so does \`poller doctor\`.`;
}
