import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { authorizeUrl, type SchwabClient } from '@fill-tracker/schwab-client';
import { UsageError } from './command-error.ts';
import type { Output } from './output.ts';

export interface LoginOptions {
  readonly baseUrl: string;
  readonly appKey: string;
  readonly callbackUrl: string;
}

/** Schwab's refresh tokens end a week after the login, used or not. */
const SIGN_IN_DAYS = 7;

/** Signs in: prints the link, takes the pasted address of the page that Schwab redirects to, stores the tokens. */
export async function login(
  client: SchwabClient,
  options: LoginOptions,
  isJson: boolean,
  output: Output,
): Promise<void> {
  const state = randomBytes(16).toString('hex');
  output.note('Open this link, sign in at Schwab and allow the app:\n');
  // The link is for a person; with --json the answer alone goes to standard output.
  const link = authorizeUrl({ ...options, state });
  if (isJson) output.note(link);
  else output.line(link);
  output.note(
    '\nThen copy the whole address of the page you end up on (it may not load) and paste it here within 30 s.',
  );
  const pasted = await ask();
  const code = codeFrom(pasted, state);
  await client.exchangeCode({ code, callbackUrl: options.callbackUrl }, { lane: 'sign-in' });
  if (isJson) output.json({ signedIn: true, lastsDays: SIGN_IN_DAYS });
  output.note(`Signed in. The sign-in lasts ${SIGN_IN_DAYS} days; then sign in again.`);
}

/** One line; empty when the input ends before there is one (a question would then never be answered). */
async function ask(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, prompt: '> ' });
  lines.prompt();
  for await (const line of lines) return line;
  return '';
}

/**
 * The code in a redirect address. The parser decodes it once, so that Schwab's `%40` at its end becomes `@`.
 *
 * @throws {UsageError} when the address has no code, or answers another sign-in.
 */
export function codeFrom(pasted: string, state: string): string {
  const address = URL.canParse(pasted.trim()) ? new URL(pasted.trim()) : null;
  const code = address?.searchParams.get('code') ?? null;
  if (address === null || code === null) {
    throw new UsageError(
      'That is not the address of the page after the sign-in: it must be a whole address with `code=` in it.',
    );
  }
  const echoed = address.searchParams.get('state');
  if (echoed !== state) throw new UsageError('That address belongs to another sign-in. Start again with the new link.');
  return code;
}
