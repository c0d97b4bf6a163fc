import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseRedirect } from './parse-redirect.ts';

const callbackUrl = 'https://127.0.0.1:8182/';
const state = 'a&b=';
const expected = { callbackUrl, state };
const STATE = 'state=a%26b%3D';
const good = `${callbackUrl}?code=C0.abc%40&session=s-1&${STATE}`;

describe('parseRedirect', () => {
  it.each([
    ['as it is', good],
    ['in double quotes', `"${good}"`],
    ['in single quotes, with white space', `  '${good}'\n`],
    ['in angle brackets', `<${good}>`],
    ['in the quotes of a word processor', `“${good}”`],
    ['broken over two lines', `${good.slice(0, 40)}\r\n${good.slice(40)}`],
    ['with the host in capitals', good.replace('https', 'HTTPS')],
    ['with a fragment behind it', `${good}#`],
  ])('finds the code in an address pasted %s', (_what, pasted) => {
    expect(parseRedirect(pasted, expected)).toEqual({ outcome: 'code', code: 'C0.abc@' });
  });

  it.each([
    ['decodes once', 'C0.a%2540b', 'C0.a%40b'],
    ['takes a plus for a plus', 'C0.a+b%40', 'C0.a+b@'],
    ['takes a code that a browser shows decoded', 'C0.abc@', 'C0.abc@'],
    ['leaves what is no encoding', 'C0.100%', 'C0.100%'],
    ['keeps the signs of padding', 'C0.abc==%40', 'C0.abc==@'],
  ])('%s', (_what, written, code) => {
    expect(parseRedirect(`${callbackUrl}?code=${written}&${STATE}`, expected)).toEqual({ outcome: 'code', code });
  });

  it.each([
    ['https://127.0.0.1', 'https://127.0.0.1/'],
    ['https://127.0.0.1:443', 'https://127.0.0.1/'],
    ['https://my.app/signed-in', 'https://my.app/signed-in/'],
    ['https://my.app/signed-in/', 'https://my.app/signed-in'],
  ])('knows %s again in %s', (registered, shown) => {
    expect(parseRedirect(`${shown}?code=x&${STATE}`, { callbackUrl: registered, state })).toMatchObject({ code: 'x' });
  });

  it.each([
    ['not-an-address', ''],
    ['not-an-address', 'C0.abc%40'],
    ['not-an-address', '?code=C0.abc%40&state=x'],
    ['wrong-callback', `http://127.0.0.1:8182/?code=x&${STATE}`],
    ['wrong-callback', `https://127.0.0.1:8183/?code=x&${STATE}`],
    ['wrong-callback', `https://127.0.0.1.evil.test:8182/?code=x&${STATE}`],
    ['wrong-callback', `https://127.0.0.1:8182@evil.test/?code=x&${STATE}`],
    ['wrong-callback', `https://127.0.0.1:8182/other?code=x&${STATE}`],
    ['wrong-callback', 'https://sws-gateway.schwab.com/ui/host/#/login'],
    ['denied', `${callbackUrl}?error=access_denied&${STATE}`],
    ['denied', `${callbackUrl}?error=invalid_client&error_description=no+such%20app&${STATE}`],
    ['denied', `${callbackUrl}?code=x&error=access_denied&${STATE}`],
    ['other-sign-in', `${callbackUrl}?code=x&state=another`],
    ['other-sign-in', `${callbackUrl}?code=x`],
    ['no-code', `${callbackUrl}?session=s-1&${STATE}`],
    ['no-code', `${callbackUrl}?code=&${STATE}`],
  ])('refuses as %s: %s', (reason, pasted) => {
    expect(parseRedirect(pasted, expected)).toMatchObject({ outcome: 'refused', reason });
  });

  it('tells what Schwab said, and no secret in it', () => {
    const said = `error=server_error&error_description=no+such%20app+${'k'.repeat(40)}`;
    expect(parseRedirect(`${callbackUrl}?${said}&${STATE}`, expected)).toMatchObject({
      message:
        "Schwab refused the sign-in (server_error: no such app [redacted]). Check the app's key and callback, then start again.",
    });
  });

  it('never repeats what was pasted when it refuses it', () => {
    for (const pasted of [`${callbackUrl}?code=canary&state=x`, 'canary', 'https://x.test/?code=canary']) {
      expect(JSON.stringify(parseRedirect(pasted, expected))).not.toContain('canary');
    }
  });

  it('gives back any code and state that a redirect carries', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (code, anyState) => {
        const address = `${callbackUrl}?code=${encodeURIComponent(code)}&state=${encodeURIComponent(anyState)}`;
        expect(parseRedirect(address, { callbackUrl, state: anyState })).toEqual({ outcome: 'code', code });
      }),
    );
  });
});
