import { SchwabError, type SchwabErrorKind } from '@fill-tracker/schwab-client';
import { expect, it } from 'vitest';
import { explainCallFailure, explainSignInFailure } from './explain-failure.ts';

const GRANT = 'unsupported_token_type; 400 Bad Request: "{"error":"invalid_grant"}"';

it.each<readonly [SchwabErrorKind, string | null, string]>([
  ['bad-request', GRANT, 'good for 30 seconds and for once'],
  ['unauthorized', GRANT, 'good for 30 seconds and for once'],
  ['unauthorized', 'invalid_client; Unauthorized', 'Approved - Pending'],
  ['bad-request', 'unauthorized_client', 'Approved - Pending'],
  ['unauthorized', null, 'Approved - Pending'],
  ['forbidden', null, 'SCHWAB_APP_KEY and SCHWAB_APP_SECRET'],
  ['network', null, 'gave no usable answer'],
  ['timeout', null, 'Start again with a new link'],
  ['server', 'page titled "Access Denied"', 'page titled "Access Denied"'],
])('explains a sign-in that ended with %s (%s): %s', (kind, detail, words) => {
  expect(explainSignInFailure(new SchwabError(kind, 'it failed', { detail }))).toContain(words);
});

it('tells who asks about an order to sign in, and nobody else', () => {
  expect(explainCallFailure('sign-in-needed', 'dead')).toBe('the sign-in at Schwab has ended: sign in again (dead)');
  expect(explainCallFailure('server', 'down')).toBe('down');
});
