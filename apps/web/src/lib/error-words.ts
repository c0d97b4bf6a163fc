/** What went wrong between the poller and the broker, by the kind that the record keeps. */
const WORDS: Readonly<Record<string, string>> = {
  network: 'no connection to the broker',
  timeout: 'the broker did not answer in time',
  'rate-limited': 'the broker said to wait: too many calls',
  unauthorized: 'the broker refused the access token',
  forbidden: 'the broker refused access',
  'not-found': 'the broker knows no such thing',
  'bad-request': 'the broker refused the question',
  server: 'the broker’s server failed',
  shape: 'the broker’s answer could not be read',
  'sign-in-needed': 'the sign-in has ended',
  'breaker-open': 'pausing after repeated failures',
};

/** A kind of error in words; one that nobody foresaw stays as it is. */
export function errorText(kind: string): string {
  return Object.hasOwn(WORDS, kind) ? (WORDS[kind] ?? kind) : kind;
}
