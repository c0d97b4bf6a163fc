import type { StoredToken } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { BOT_TOKEN_FORMATS, BotTokenFileError, botTokenText, readBotTokens } from './bot-token-file.ts';

const SIGNED_IN = Date.parse('2026-01-12T15:00:00Z');
const WEEK_MS = 604_800_000;
const token: StoredToken = {
  accessToken: 'access-canary',
  accessTokenExpiresAt: SIGNED_IN + 1_800_000,
  refreshToken: 'refresh-canary@',
  refreshTokenExpiresAt: SIGNED_IN + WEEK_MS,
  signedInAt: SIGNED_IN,
};

describe('the tokens in a file', () => {
  it.each(BOT_TOKEN_FORMATS)('are the same when they come back: %s', (format) => {
    expect(readBotTokens(botTokenText(token, format))).toEqual(token);
  });

  it("have the form of schwab-py's token file", () => {
    expect(JSON.parse(botTokenText(token, 'schwab-py'))).toEqual({
      creation_timestamp: 1_768_230_000,
      token: {
        access_token: 'access-canary',
        refresh_token: 'refresh-canary@',
        token_type: 'Bearer',
        scope: 'api',
        expires_in: 1_800,
        expires_at: 1_768_231_800,
      },
    });
  });

  it("come out of a file of schwab-py's own, with more in it and fractions of seconds", () => {
    const file = {
      creation_timestamp: 1_768_230_000.5,
      token: { ...JSON.parse(botTokenText(token, 'schwab-py')).token, expires_at: 1_768_231_800.9, id_token: 'x' },
    };
    expect(readBotTokens(JSON.stringify(file))).toEqual({
      ...token,
      accessTokenExpiresAt: token.accessTokenExpiresAt + 900,
      signedInAt: SIGNED_IN + 500,
      refreshTokenExpiresAt: SIGNED_IN + 500 + WEEK_MS,
    });
  });

  it('last seven days from the sign-in, whatever a file says', () => {
    const file = { ...JSON.parse(botTokenText(token, 'plain')), refresh_token_expires_at: '2099-01-01T00:00:00Z' };
    expect(readBotTokens(JSON.stringify(file))).toEqual(token);
  });

  it('count as too old when no time stands beside them', () => {
    const file = { creation_timestamp: 1_768_230_000, token: { access_token: 'a', refresh_token: 'r' } };
    expect(readBotTokens(JSON.stringify(file)).accessTokenExpiresAt).toBe(0);
  });

  it.each([
    'refresh-canary@',
    '{',
    '[]',
    '{"access_token":"access-canary","refresh_token":"refresh-canary"}',
    '{"creation_timestamp":1768230000,"token":{"access_token":"access-canary"}}',
    '{"creation_timestamp":1768230000,"token":{"access_token":"access canary","refresh_token":"refresh-canary"}}',
  ])('are not taken from %s, nor quoted', (text) => {
    expect(() => readBotTokens(text)).toThrow(BotTokenFileError);
    expect(() => readBotTokens(text)).not.toThrow('canary');
  });
});
