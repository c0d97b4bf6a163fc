import { describe, expect, it } from 'vitest';

import type { Answer, SchwabRequest } from '../http/request.ts';
import { readTokenAnswer, tokenRefusalOf } from './token-answer.ts';

const request: SchwabRequest = {
  operation: 'refresh-token',
  method: 'POST',
  url: 'https://schwab.test/v1/oauth/token',
  secrets: [],
};

const answer = (status: number, text: string): Answer => ({
  status,
  text,
  location: null,
  correlationId: null,
  retryAfterMs: null,
  serverDate: null,
  requestedAt: 0,
  respondedAt: 0,
  secrets: ['canary-refresh-token'],
});

const nested = (cause: string) =>
  JSON.stringify({
    error: 'unsupported_token_type',
    error_description: `400 Bad Request: "{"error_description":"Exception [tokenDigest=X]","error":"${cause}"}"`,
  });

describe('readTokenAnswer', () => {
  it('reads an answer with all the rest in it', () => {
    const text =
      '{"expires_in":1800,"token_type":"Bearer","scope":"api","refresh_token":"r","access_token":"a@","id_token":"x"}';
    expect(readTokenAnswer(text)).toEqual({ accessToken: 'a@', refreshToken: 'r', expiresInMs: 1_800_000 });
  });

  it('does without a refresh token and a lifetime', () => {
    expect(readTokenAnswer('{"access_token":"a"}')).toEqual({
      accessToken: 'a',
      refreshToken: null,
      expiresInMs: 1_800_000,
    });
  });

  it.each([
    '{}',
    '{"access_token":""}',
    String.raw`{"access_token":"canary\r\nx-evil: 1"}`,
    '{"access_token":"a","expires_in":-5}',
    '{"access_token":"a","expires_in":"soon"}',
    '[]',
    '<html>canary</html>',
  ])('refuses %s and quotes nothing of it', (text) => {
    expect(() => readTokenAnswer(text)).toThrow(/^(?!.*canary).*$/);
  });
});

describe('tokenRefusalOf', () => {
  it.each([
    ['a dead refresh token', 400, nested('refresh_token_authentication_error'), 'sign-in-needed'],
    ['a revoked one', 401, nested('invalid_grant'), 'sign-in-needed'],
    ['plain OAuth words', 400, '{"error":"invalid_grant"}', 'sign-in-needed'],
    [
      'a dead one in JSON with the quotes of its inner JSON bare',
      400,
      '{"error":"unsupported_token_type","error_description":"400 Bad Request: "{"error":"refresh_token_authentication_error"}""}',
      'sign-in-needed',
    ],
    ['JSON that breaks off before it says what is wrong', 400, '{"error":"unsupp', 'server'],
    ['a wrong app secret', 401, '{"error":"invalid_client"}', 'unauthorized'],
    ['another fault of ours', 400, '{"error":"invalid_request"}', 'bad-request'],
    ['an edge that denies access', 403, '<html><title>Access Denied</title></html>', 'server'],
    ['an edge that names the very words in HTML', 400, '<html>invalid_grant</html>', 'server'],
    ['a body that could not be read', 400, '', 'server'],
    ['an edge that denies access with 401', 401, '<html><title>Access Denied</title></html>', 'server'],
    ['words of an edge that are not even HTML', 400, 'invalid_grant', 'server'],
    ['a server error that quotes the words', 500, '{"error":"invalid_grant"}', 'server'],
    ['a 429', 429, '', 'rate-limited'],
  ])('takes %s for what it is', (_what, status, text, kind) => {
    expect(tokenRefusalOf(answer(status, text), request)?.kind).toBe(kind);
  });

  it('finds nothing wrong with a good answer', () => {
    expect(tokenRefusalOf(answer(200, '{}'), request)).toBeNull();
  });

  it('never calls a sign-in dead because its code was', () => {
    const exchange = { ...request, operation: 'exchange-code' as const };
    expect(tokenRefusalOf(answer(400, nested('invalid_grant')), exchange)?.kind).toBe('bad-request');
  });

  it('does not repeat the token it was about', () => {
    const refused = tokenRefusalOf(answer(400, '{"error":"invalid_grant canary-refresh-token"}'), request);
    expect(refused?.message).toBe('refresh-token: Schwab answered 400 (invalid_grant [redacted])');
  });
});
