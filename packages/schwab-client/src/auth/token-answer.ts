import { z } from 'zod';

import { kindOfStatus, ShapeError } from '../errors.ts';
import type { SchwabError } from '../errors.ts';
import { refusal } from '../http/refusal.ts';
import type { Answer, SchwabRequest } from '../http/request.ts';
import { parseJson } from '../lossless.ts';

const DEFAULT_LIFETIME_SECONDS = '1800';
const MAX_LIFETIME_SECONDS = 86_400;

/** Printable ASCII without spaces: anything else cannot travel in a header, and the error would quote it. */
const tokenText = z.string().regex(/^[\x21-\x7e]+$/, 'not a token');

const tokenSchema = z.looseObject({
  access_token: tokenText,
  refresh_token: tokenText.optional(),
  expires_in: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'not a number of seconds')
    .default(DEFAULT_LIFETIME_SECONDS),
});

export interface TokenAnswer {
  readonly accessToken: string;
  /** Null when the answer repeats none: the old one stays good. */
  readonly refreshToken: string | null;
  readonly expiresInMs: number;
}

/** @throws {ShapeError} which names the member at fault and quotes nothing. */
export function readTokenAnswer(text: string): TokenAnswer {
  const result = tokenSchema.safeParse(parseJson(text));
  if (!result.success) {
    throw new ShapeError(result.error.issues[0]?.path.join('.') || '$', 'not what a token answer must hold');
  }
  const token = result.data;
  return {
    accessToken: token.access_token,
    refreshToken: token.refresh_token ?? null,
    expiresInMs: Math.min(Number(token.expires_in), MAX_LIFETIME_SECONDS) * 1000,
  };
}

/**
 * What a refusal by the token endpoint means; null for an answer that is none.
 *
 * The one sign of a dead refresh token is a 400 or 401 that says so in JSON. The edge says "Access Denied" in HTML with
 * the same statuses, in spells that pass: that is a server error.
 */
export function tokenRefusalOf(answer: Answer, request: SchwabRequest): SchwabError | null {
  const kind = kindOfStatus(answer.status);
  if (kind === 'ok') return null;
  if (kind === 'server' || kind === 'rate-limited') return refusal(kind, answer, request);
  const isDead = request.operation === 'refresh-token' && [400, 401].includes(answer.status) && saysDead(answer.text);
  if (isDead) return refusal('sign-in-needed', answer, request);
  return refusal(isJsonObject(answer.text) ? kind : 'server', answer, request);
}

/**
 * Schwab calls a dead refresh token `unsupported_token_type` and puts the true cause, as JSON with its quotes
 * unescaped, inside the text of `error_description`: so it is looked for as words, not parsed, and the body need not
 * be JSON to its end.
 */
function saysDead(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  return /unsupported_token_type|invalid_grant|refresh_token_authentication_error/.test(text);
}

function isJsonObject(text: string): boolean {
  try {
    const body = parseJson(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body);
  } catch {
    return false;
  }
}
