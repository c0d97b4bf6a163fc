import { DEMO_CREDENTIALS, type TokenDesk, type TokenGrant } from '../token-desk.ts';
import { jsonAnswer, emptyAnswer, type SchwabAnswer } from './schwab-answer.ts';
import type { SchwabCall, SchwabRoute } from './schwab-route.ts';

/** Schwab's OAuth endpoints. The sign-in page is skipped: whoever asks is signed in and sent straight back. */
export function authRoutes(tokens: TokenDesk, newId: () => string): SchwabRoute[] {
  return [
    { method: 'GET', path: '/v1/oauth/authorize', open: true, answer: (call) => authorize(call, tokens, newId) },
    { method: 'POST', path: '/v1/oauth/token', open: true, answer: (call) => token(call, tokens, newId) },
  ];
}

function authorize({ query }: SchwabCall, tokens: TokenDesk, newId: () => string): SchwabAnswer {
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== DEMO_CREDENTIALS.appKey) return oauthError(401, 'invalid_client', 'Unauthorized');
  if (!URL.canParse(redirectUri)) return oauthError(400, 'invalid_request', 'redirect_uri is missing or no URL');
  const state = query.get('state');
  const target = new URL(redirectUri);
  target.searchParams.append('code', tokens.issueCode(redirectUri));
  target.searchParams.append('session', newId());
  if (state !== null) target.searchParams.append('state', state);
  return emptyAnswer(302, { location: target.href });
}

function token({ headers, body }: SchwabCall, tokens: TokenDesk, newId: () => string): SchwabAnswer {
  if (!knowsApp(headers.authorization ?? '')) return oauthError(401, 'invalid_client', 'Unauthorized');
  const form = new URLSearchParams(body);
  const grantType = form.get('grant_type');
  if (grantType === 'refresh_token') {
    return tokenAnswer(tokens.refresh(form.get('refresh_token') ?? ''), newId, refusedRefresh(newId()));
  }
  if (grantType === 'authorization_code') {
    const grant = tokens.exchangeCode(form.get('code') ?? '', form.get('redirect_uri') ?? '');
    return tokenAnswer(grant, newId, REFUSED_CODE);
  }
  return oauthError(400, 'unsupported_grant_type', 'grant_type must be refresh_token or authorization_code');
}

function knowsApp(authorization: string): boolean {
  const { appKey, appSecret } = DEMO_CREDENTIALS;
  const [scheme = '', credentials = ''] = authorization.split(' ');
  return (
    scheme.toLowerCase() === 'basic' && Buffer.from(credentials, 'base64').toString('utf8') === `${appKey}:${appSecret}`
  );
}

interface OAuthCause {
  readonly error: string;
  readonly error_description: string;
}

const REFUSED_CODE: OAuthCause = {
  error_description: 'Authorization code is invalid, expired or revoked',
  error: 'invalid_grant',
};

function refusedRefresh(digest: string): OAuthCause {
  const exception = `Failed refresh token authentication [tokenDigest=${digest}]`;
  return {
    error_description: `Exception while authenticating refresh token [tokenDigest=${digest}, Exception=${exception}]`,
    error: 'refresh_token_authentication_error',
  };
}

/** A refusal names the wrong error at the top and hides the true cause as JSON inside the description, as Schwab's does. */
function tokenAnswer(grant: TokenGrant | null, newId: () => string, cause: OAuthCause): SchwabAnswer {
  if (grant === null) {
    return oauthError(400, 'unsupported_token_type', `400 Bad Request: "${JSON.stringify(cause)}"`);
  }
  return jsonAnswer(
    200,
    JSON.stringify({
      expires_in: grant.expiresInSeconds,
      token_type: 'Bearer',
      scope: 'api',
      refresh_token: grant.refreshToken,
      access_token: grant.accessToken,
      id_token: newId(),
    }),
  );
}

function oauthError(status: number, error: string, description: string): SchwabAnswer {
  return jsonAnswer(status, JSON.stringify({ error, error_description: description }));
}
