import type { SchwabError, SchwabErrorKind } from '@fill-tracker/schwab-client';

const REFUSED_APP =
  'Schwab does not let this app sign anybody in. Check SCHWAB_APP_KEY and SCHWAB_APP_SECRET. On developer.schwab.com ' +
  'the app must be "Ready For Use": while it is "Approved - Pending", which it is for a while after each change too, ' +
  'no sign-in works.';

const REFUSED_CODE =
  'Schwab did not take the code in that address. A code is good for 30 seconds and for once: it came too late, or was ' +
  'used before. Start again with a new link, and paste the address at once. Should that keep failing, compare ' +
  "SCHWAB_CALLBACK_URL with the app's callback, to the letter.";

const NO_ANSWER =
  'Schwab gave no usable answer, and the code in that address may be used up. Start again with a new link.';

/** Why a code brought no tokens, and what to do: for the person who signs in. Quotes nothing that is secret. */
export function explainSignInFailure({ kind, detail, message }: SchwabError): string {
  return `${explanationOf(kind, detail ?? '')} (${detail ?? message})`;
}

function explanationOf(kind: SchwabErrorKind, detail: string): string {
  if (/invalid_client|unauthorized_client/.test(detail)) return REFUSED_APP;
  // Schwab refuses codes with 400 or 401, and both words stand in its answer then.
  if (kind === 'bad-request' || /invalid_grant|unsupported_token_type/.test(detail)) return REFUSED_CODE;
  if (kind === 'unauthorized' || kind === 'forbidden') return REFUSED_APP;
  return NO_ANSWER;
}

/** Why a call about orders failed; for who asked for it. */
export function explainCallFailure(kind: SchwabErrorKind, message: string): string {
  return kind === 'sign-in-needed' ? `the sign-in at Schwab has ended: sign in again (${message})` : message;
}
