/**
 * The tokens of a sign-in in a file, for a bot that is signed in to the same app: the token file of schwab-py (times in
 * seconds since the epoch, the sign-in as `creation_timestamp`), and a plain one (ISO 8601 times, every one named).
 */
import { SECOND } from '@fill-tracker/domain';
import type { StoredToken } from '@fill-tracker/schwab-client';
import { z } from 'zod';
import { SIGN_IN_LIFE_MS } from './sign-in-life.ts';

export const BOT_TOKEN_FORMATS = ['schwab-py', 'plain'] as const;
export type BotTokenFormat = (typeof BOT_TOKEN_FORMATS)[number];

/** The file is none that tokens can be taken from. The message quotes nothing of it. */
export class BotTokenFileError extends Error {
  override readonly name = 'BotTokenFileError';
}

/** @returns JSON text with a final line break */
export function botTokenText(token: StoredToken, format: BotTokenFormat): string {
  return `${JSON.stringify(format === 'schwab-py' ? schwabPyFile(token) : plainFile(token), null, 2)}\n`;
}

function schwabPyFile(token: StoredToken): z.input<typeof schwabPySchema> {
  return {
    creation_timestamp: seconds(token.signedInAt),
    token: {
      access_token: token.accessToken,
      refresh_token: token.refreshToken,
      token_type: 'Bearer',
      scope: 'api',
      // The life of a new one; how long this one lives is what `expires_at` says.
      expires_in: 1_800,
      expires_at: seconds(token.accessTokenExpiresAt),
    },
  };
}

function plainFile(token: StoredToken): z.input<typeof plainSchema> {
  return {
    access_token: token.accessToken,
    access_token_expires_at: new Date(token.accessTokenExpiresAt).toISOString(),
    refresh_token: token.refreshToken,
    refresh_token_expires_at: new Date(token.refreshTokenExpiresAt).toISOString(),
    signed_in_at: new Date(token.signedInAt).toISOString(),
  };
}

const tokenText = z.string().regex(/^[\x21-\x7e]+$/);
const instant = z.iso.datetime({ offset: true });

const schwabPySchema = z.looseObject({
  creation_timestamp: z.number().positive(),
  token: z.looseObject({
    access_token: tokenText,
    refresh_token: tokenText,
    /** Left out, the access token counts as too old. */
    expires_at: z.number().nonnegative().optional(),
  }),
});

const plainSchema = z.looseObject({
  access_token: tokenText,
  access_token_expires_at: instant,
  refresh_token: tokenText,
  signed_in_at: instant,
});

const fileSchema = z.union([schwabPySchema, plainSchema]);

/** @throws {BotTokenFileError} when the text is neither format. */
export function readBotTokens(text: string): StoredToken {
  const parsed = fileSchema.safeParse(jsonOrNull(text));
  if (!parsed.success) {
    throw new BotTokenFileError(
      'It is neither the token file of schwab-py (`creation_timestamp` and `token`) nor the plain one ' +
        '(`access_token`, `access_token_expires_at`, `refresh_token`, `signed_in_at`).',
    );
  }
  return isSchwabPy(parsed.data) ? fromSchwabPy(parsed.data) : fromPlain(parsed.data);
}

type BotTokens = z.output<typeof fileSchema>;
type SchwabPyTokens = z.output<typeof schwabPySchema>;

function isSchwabPy(file: BotTokens): file is SchwabPyTokens {
  return 'creation_timestamp' in file;
}

function fromSchwabPy({ creation_timestamp: signedIn, token }: SchwabPyTokens): StoredToken {
  return {
    accessToken: token.access_token,
    accessTokenExpiresAt: Math.floor((token.expires_at ?? 0) * SECOND),
    refreshToken: token.refresh_token,
    ...lifeOf(Math.floor(signedIn * SECOND)),
  };
}

function fromPlain(file: z.output<typeof plainSchema>): StoredToken {
  return {
    accessToken: file.access_token,
    accessTokenExpiresAt: Date.parse(file.access_token_expires_at),
    refreshToken: file.refresh_token,
    ...lifeOf(Date.parse(file.signed_in_at)),
  };
}

/** The seven days are Schwab's, whatever a file says. */
function lifeOf(signedInAt: number): Pick<StoredToken, 'signedInAt' | 'refreshTokenExpiresAt'> {
  return { signedInAt, refreshTokenExpiresAt: signedInAt + SIGN_IN_LIFE_MS };
}

/** Rounded down: never later than it is. */
function seconds(at: number): number {
  return Math.floor(at / SECOND);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
