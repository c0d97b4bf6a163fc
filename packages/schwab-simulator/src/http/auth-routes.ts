import { DEMO_CREDENTIALS } from '../demo-credentials.ts';
import type { TokenDesk, TokenGrant } from '../token-desk.ts';
import type { RefreshRefusal } from '../token-refusals.ts';
import { jsonAnswer, emptyAnswer, type SchwabAnswer } from './schwab-answer.ts';
import type { SchwabCall, SchwabRoute } from './schwab-route.ts';

export const TOKEN_PATH = '/v1/oauth/token';

/** Schwab's OAuth endpoints. The sign-in page is skipped: whoever asks is signed in and sent straight back. */
export function authRoutes(tokens: TokenDesk, newId: () => string): SchwabRoute[] {
  return [
    { method: 'GET', path: '/v1/oauth/authorize', open: true, answer: (call) => authorize(call, tokens, newId) },
    { method: 'POST', path: TOKEN_PATH, open: true, answer: (call) => token(call, tokens, newId) },
  ];
}

function authorize({ query }: SchwabCall, tokens: TokenDesk, newId: () => string): SchwabAnswer {
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== DEMO_CREDENTIALS.appKey) return oauthError(401, 'invalid_client', 'Unauthorized');
  if (!URL.canParse(redirectUri)) return oauthError(400, 'invalid_request', 'redirect_uri is missing or no URL');
  if (!tokens.knowsCallback(redirectUri))
    return oauthError(400, 'invalid_request', 'redirect_uri does not match a registered callback of the app');
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
    const grant = tokens.refresh(form.get('refresh_token') ?? '');
    return typeof grant === 'string' ? refusedRefresh(grant, newId()) : tokenAnswer(grant, newId);
  }
  if (grantType === 'authorization_code') {
    const grant = tokens.exchangeCode(form.get('code') ?? '', form.get('redirect_uri') ?? '');
    return grant === null ? hiddenCause(400, REFUSED_CODE) : tokenAnswer(grant, newId);
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

const REFUSED_TOKEN: OAuthCause = {
  error_description: 'Refresh token is invalid, expired or revoked',
  error: 'invalid_grant',
};

const ACCESS_DENIED_PAGE =
  '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You do not have permission to access this server.</BODY></HTML>';

function refusedRefresh(refusal: RefreshRefusal, digest: string): SchwabAnswer {
  return REFUSED_REFRESHES[refusal](digest);
}

const REFUSED_REFRESHES: Readonly<Record<RefreshRefusal, (digest: string) => SchwabAnswer>> = {
  refresh_token_authentication_error: (digest) => hiddenCause(400, failedAuthentication(digest)),
  invalid_grant: () => hiddenCause(400, REFUSED_TOKEN),
  plain_invalid_grant: () => oauthError(400, REFUSED_TOKEN.error, REFUSED_TOKEN.error_description),
  unsupported_token_type: () => oauthError(400, 'unsupported_token_type', '400 Bad Request'),
  unauthorized: (digest) => hiddenCause(401, failedAuthentication(digest)),
  access_denied_page: () => ({ status: 403, headers: { 'content-type': 'text/html' }, body: ACCESS_DENIED_PAGE }),
};

function failedAuthentication(digest: string): OAuthCause {
  const exception = `Failed refresh token authentication [tokenDigest=${digest}]`;
  return {
    error_description: `Exception while authenticating refresh token [tokenDigest=${digest}, Exception=${exception}]`,
    error: 'refresh_token_authentication_error',
  };
}

/** Names the wrong error at the top and hides the true cause as JSON inside the description, as Schwab's refusals do. */
function hiddenCause(status: 400 | 401, cause: OAuthCause): SchwabAnswer {
  const words = status === 400 ? 'Bad Request' : 'Unauthorized';
  return oauthError(status, 'unsupported_token_type', `${status} ${words}: "${JSON.stringify(cause)}"`);
}

function tokenAnswer(grant: TokenGrant, newId: () => string): SchwabAnswer {
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
