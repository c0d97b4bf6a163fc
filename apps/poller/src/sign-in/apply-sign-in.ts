import type { Command, CommandOutcome, JsonObject, SignInLink } from '@fill-tracker/db';
import { MINUTE } from '@fill-tracker/domain';
import { parseRedirect, SchwabError, type SignInTimes } from '@fill-tracker/schwab-client';
import type { Poller } from '../poller.ts';
import { explainSignInFailure } from './explain-failure.ts';

/** Codes live for 30 seconds; this allows for clocks and for a poller that was just starting. */
const TOO_LATE_AFTER_MS = MINUTE;

/** What a sign-in needs of a poller. */
export type SigningInPoller = Pick<Poller, 'db' | 'client' | 'clock' | 'accounts'>;

/**
 * Carries out a SIGN_IN command: trades the code in `payload.redirect`, the address that a sign-in link of ours led to,
 * for tokens. A link works once, whatever comes of it. The outcome holds no code and no token, and the record drops the
 * payload with it.
 */
export async function signIn(poller: SigningInPoller, command: Command, signal: AbortSignal): Promise<CommandOutcome> {
  const done = await signedInSince(poller, command);
  // A process that ended between the exchange and its record left the command behind.
  if (done !== null) return succeeded(command, done);
  const redirect = command.payload?.['redirect'];
  if (typeof redirect !== 'string') return failed(command, 'no-code', 'the command holds no address');
  const now = poller.clock.now();
  if (now - command.requestedAt > TOO_LATE_AFTER_MS) return failed(command, 'too-late', TOO_LATE);
  const reading = readRedirect(redirect, await poller.db.listSignInLinks(now));
  if ('problem' in reading) return failed(command, reading.reason, reading.problem);
  const { code, state, callbackUrl } = reading;
  if (!(await poller.db.takeSignInLink(state, now))) return failed(command, 'other-sign-in', NO_SUCH_LINK);
  try {
    await poller.client.exchangeCode({ code, callbackUrl }, { lane: 'sign-in', signal });
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    return failed(command, error.kind, explainSignInFailure(error));
  }
  // Another person may have signed in, with other accounts.
  poller.accounts.forget();
  const times = await poller.client.signInTimes();
  return times === null ? failed(command, 'no-tokens', 'the tokens are not in the record') : succeeded(command, times);
}

const NO_SUCH_LINK = 'That address answers no sign-in that is under way. Start again with a new link.';

const TOO_LATE =
  'No poller was at work when the address came, and a code is good for 30 seconds only. ' +
  'Start the poller, then sign in with a new link.';

async function signedInSince(poller: SigningInPoller, { requestedAt }: Command): Promise<SignInTimes | null> {
  try {
    const times = await poller.client.signInTimes();
    return times !== null && times.signedInAt >= requestedAt ? times : null;
  } catch {
    // Tokens that cannot be read, for their key is lost, are a reason to sign in.
    return null;
  }
}

type Reading =
  | { readonly code: string; readonly state: string; readonly callbackUrl: string }
  | { readonly reason: string; readonly problem: string };

/** The code, when the address answers one of the links; else what is wrong with it as an answer to the youngest. */
function readRedirect(redirect: string, links: readonly SignInLink[]): Reading {
  let problem: Reading | null = null;
  for (const { state, callbackUrl } of links) {
    const read = parseRedirect(redirect, { state, callbackUrl });
    if (read.outcome === 'code') return { code: read.code, state, callbackUrl };
    problem ??= { reason: read.reason, problem: read.message };
  }
  return problem ?? { reason: 'other-sign-in', problem: NO_SUCH_LINK };
}

function succeeded({ id }: Command, { signedInAt, refreshTokenExpiresAt }: SignInTimes): CommandOutcome {
  const outcome: JsonObject = {
    signedIn: true,
    signedInAt: new Date(signedInAt).toISOString(),
    signInEndsAt: new Date(refreshTokenExpiresAt).toISOString(),
  };
  return { id, state: 'DONE', outcome };
}

function failed({ id }: Command, reason: string, problem: string): CommandOutcome {
  return { id, state: 'FAILED', outcome: { problem, reason } };
}
