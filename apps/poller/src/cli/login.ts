import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import {
  authorizeUrl,
  type ExpectedRedirect,
  parseRedirect,
  type SchwabClient,
  SchwabError,
  type SignInLink,
} from '@fill-tracker/schwab-client';
import { explainSignInFailure } from '../sign-in/explain-failure.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { Output } from './output.ts';

export const LOGIN_HELP = `
Opens nothing and listens nowhere: it prints a link, and you paste the address that the link leads to in the end.
That page need not load, for nobody answers at the app's callback. Its address holds a code that is good for 30
seconds and for once. A sign-in lasts seven days, and voids the tokens of every earlier one; a poller that runs goes
on with the new tokens by itself. While the app is "Approved - Pending" at Schwab, the link leads nowhere.`;

/** What login reads from, and says things to. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Output;
  readonly isJson: boolean;
}

/** Signs in: prints the link, takes the pasted address of the page that Schwab redirects to, stores the tokens. */
export async function login(
  client: Pick<SchwabClient, 'exchangeCode' | 'signInTimes'>,
  link: SignInLink,
  { input, output, isJson }: Terminal,
): Promise<void> {
  output.note('Open this link, sign in at Schwab and allow the app:\n');
  // The link is for a person; with --json the answer alone goes to standard output.
  const url = authorizeUrl(link);
  if (isJson) output.note(url);
  else output.line(url);
  output.note(
    '\nThen copy the whole address of the page you end up on (it may not load) and paste it here within 30 s.',
  );
  const code = await askForCode(link, input, output);
  try {
    await client.exchangeCode({ code, callbackUrl: link.callbackUrl }, { lane: 'sign-in' });
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    throw new CommandError(explainSignInFailure(error));
  }
  const times = await client.signInTimes();
  const endsAt = times === null ? null : new Date(times.refreshTokenExpiresAt).toISOString();
  if (isJson) output.json({ signedIn: true, lastsDays: 7, endsAt });
  output.note(`Signed in, until ${endsAt ?? 'unknown'}: sign in again before. A poller that runs needs no restart.`);
}

/**
 * Asks until an address with a code comes, or the input ends.
 *
 * @throws {CommandError} when Schwab says no; {UsageError} when no address that was pasted is the right one.
 */
async function askForCode(expected: ExpectedRedirect, input: Readable, output: Output): Promise<string> {
  const lines = createInterface({ input });
  let pasted = '';
  let problem = 'Nothing was pasted. Copy the whole address of the last page, from `https://` to its end.';
  for await (const line of lines) {
    if (line.trim() === '') continue;
    pasted += line;
    // A terminal may have broken one address over lines.
    const read = [line, pasted].map((text) => parseRedirect(text, expected));
    const [alone] = read;
    const code = read.find(({ outcome }) => outcome === 'code');
    if (code?.outcome === 'code') return code.code;
    if (alone?.outcome === 'refused') problem = alone.message;
    if (alone?.outcome === 'refused' && alone.reason === 'denied') throw new CommandError(problem);
    output.note(problem);
  }
  throw new UsageError(problem);
}
