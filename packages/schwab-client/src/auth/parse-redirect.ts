import { redact } from '../redact.ts';
import { decodeSignInCode } from './sign-in-code.ts';

/** What a redirect is held against. */
export interface ExpectedRedirect {
  /** Exactly the one of the sign-in link. */
  readonly callbackUrl: string;
  /** Exactly the one of the sign-in link. */
  readonly state: string;
}

export interface RedirectCode {
  readonly outcome: 'code';
  /** Decoded once. Works once, for about 30 seconds. */
  readonly code: string;
}

export interface RedirectRefused {
  readonly outcome: 'refused';
  readonly reason: 'not-an-address' | 'wrong-callback' | 'denied' | 'other-sign-in' | 'no-code';
  /** For the person who signs in: what is wrong, what to do. Quotes nothing that is secret. */
  readonly message: string;
}

/**
 * Finds the code in the address that a sign-in redirected to, `{callbackUrl}?code=...&session=...&state=...`, as a
 * person pastes it: with quotes around it, or broken over lines.
 */
export function parseRedirect(pasted: string, expected: ExpectedRedirect): RedirectCode | RedirectRefused {
  const text = withoutQuotes(pasted.replaceAll(/\s+/g, ''));
  if (!URL.canParse(text)) {
    return refused('not-an-address', 'That is not an address. Copy the whole of it, from `https://` to its end.');
  }
  const address = new URL(text);
  if (placeOf(address) !== placeOf(new URL(expected.callbackUrl))) {
    const words = `That is the address of another page: it must begin with ${expected.callbackUrl}.`;
    return refused(
      'wrong-callback',
      `${words} Sign in by the link to its end, then copy the address of the last page.`,
    );
  }
  const parameters = rawParameters(address);
  const denial = parameters.get('error');
  if (denial !== undefined) return refused('denied', denialWords(denial, parameters.get('error_description')));
  if (parameters.get('state') !== expected.state) {
    return refused('other-sign-in', 'That address belongs to another sign-in. Start again with the new link.');
  }
  const code = parameters.get('code') ?? '';
  return code === ''
    ? refused('no-code', 'There is no `code=` in that address. Copy the whole of it, or start again with a new link.')
    : { outcome: 'code', code: decodeSignInCode(code) };
}

const QUOTES = /^(?:"(.*)"|'(.*)'|`(.*)`|<(.*)>|“(.*)”)$/s;

/** A single quote at the end alone may be the address's own. */
function withoutQuotes(text: string): string {
  return (
    QUOTES.exec(text)
      ?.slice(1)
      .find((inner) => inner !== undefined) ?? text
  );
}

function refused(reason: RedirectRefused['reason'], message: string): RedirectRefused {
  return { outcome: 'refused', reason, message };
}

/** Schwab writes a final slash into the redirect, whether or not the callback has one. */
function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/**
 * The query, values as they stand in it but for `%xx`: in a form a `+` is a space, in a code it is a `+`. The code is
 * left for the one place that decodes codes.
 */
function rawParameters({ search }: URL): ReadonlyMap<string, string> {
  const pairs = search.slice(1).split('&');
  return new Map(
    pairs.map((pair) => {
      const [, key = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
      return [key, key === 'code' ? value : decodeText(value)];
    }),
  );
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function denialWords(error: string, description = ''): string {
  const said = description === '' ? error : `${error}: ${description.replaceAll('+', ' ')}`;
  const told = redact(said).slice(0, 200);
  return error === 'access_denied'
    ? `The sign-in was refused at Schwab (${told}). Start again, and allow the app.`
    : `Schwab refused the sign-in (${told}). Check the app's key and callback, then start again.`;
}
