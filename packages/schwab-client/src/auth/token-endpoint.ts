import type { Clock } from '../clock.ts';
import { ShapeError } from '../errors.ts';
import { schwabUrl } from '../http/request.ts';
import type { SchwabRequest } from '../http/request.ts';
import { sendWithRetry } from '../http/send-with-retry.ts';
import type { Transmit } from '../http/transmit.ts';
import type { Lane } from '../operation.ts';
import { decodeSignInCode } from './sign-in-code.ts';
import { REFRESH_TOKEN_LIFETIME_MS } from './stored-token.ts';
import type { StoredToken } from './stored-token.ts';
import { readTokenAnswer, tokenRefusalOf } from './token-answer.ts';
import type { TokenAnswer } from './token-answer.ts';

export interface Credentials {
  readonly appKey: string;
  readonly appSecret: string;
}

export interface TokenEndpointOptions {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly transmit: Transmit;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface TokenEndpoint {
  /**
   * Trades a refresh token for an access token. May be repeated when the answer is lost, since the refresh token
   * stays the same as a rule; never aborted, since now and then a new one comes back.
   *
   * @throws {SchwabError} `sign-in-needed` when Schwab calls the refresh token dead (this once; it may recover).
   */
  refresh(token: StoredToken): Promise<StoredToken>;
  /** Trades a sign-in code, which works once and for about 30 seconds: never repeated, never aborted once sent. */
  exchange(code: string, callbackUrl: string, lane: Lane, queueSignal?: AbortSignal): Promise<StoredToken>;
}

/** `POST /v1/oauth/token`, app key and secret in a Basic header, form in, JSON out. */
export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  const { transmit, clock, random } = options;
  const basic = `Basic ${Buffer.from(`${options.credentials.appKey}:${options.credentials.appSecret}`).toString('base64')}`;
  const authorization = () => Promise.resolve(basic);

  function tokenRequest(operation: 'refresh-token' | 'exchange-code', form: Record<string, string>): SchwabRequest {
    return {
      operation,
      method: 'POST',
      url: schwabUrl(options.baseUrl, '/v1/oauth/token'),
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams(form).toString(),
      secrets: [options.credentials.appSecret, ...Object.values(form).slice(1)],
    };
  }

  async function ask(request: SchwabRequest, attempt: number, lane: Lane, queueSignal?: AbortSignal) {
    const answer = await transmit(request, { lane, attempt, authorization, queueSignal });
    const refused = tokenRefusalOf(answer, request);
    if (refused !== null) throw refused;
    return { token: readTokenAnswer(answer.text), requestedAt: answer.requestedAt };
  }

  return {
    async refresh(token) {
      const request = tokenRequest('refresh-token', { grant_type: 'refresh_token', refresh_token: token.refreshToken });
      const fresh = await sendWithRetry((failures) => ask(request, failures + 1, 'sign-in'), {
        operation: request.operation,
        clock,
        random,
      });
      return storedToken(fresh.token, fresh.requestedAt, token.refreshToken, token.signedInAt);
    },

    async exchange(code, callbackUrl, lane, queueSignal) {
      const form = { grant_type: 'authorization_code', code: decodeSignInCode(code), redirect_uri: callbackUrl };
      const { token, requestedAt } = await ask(tokenRequest('exchange-code', form), 1, lane, queueSignal);
      if (token.refreshToken === null) throw new ShapeError('refresh_token', 'missing from the answer to a sign-in');
      return storedToken(token, requestedAt, token.refreshToken, requestedAt);
    },
  };
}

/** Times count from the request, not the answer: the pessimistic side. */
function storedToken(
  fresh: TokenAnswer,
  requestedAt: number,
  oldRefreshToken: string,
  signedInAt: number,
): StoredToken {
  return {
    accessToken: fresh.accessToken,
    accessTokenExpiresAt: requestedAt + fresh.expiresInMs,
    refreshToken: fresh.refreshToken ?? oldRefreshToken,
    refreshTokenExpiresAt: signedInAt + REFRESH_TOKEN_LIFETIME_MS,
    signedInAt,
  };
}
