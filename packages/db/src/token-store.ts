import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';
import { type JsonObject, jsonObject } from './rows/json-text.ts';
import type { TokenCipher } from './token-cipher.ts';

/** The tokens of the broker's OAuth sign-in. */
export interface StoredToken {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Instant;
  readonly refreshToken: string;
  /** Seven days after the sign-in; refreshing does not move it. */
  readonly refreshTokenExpiresAt: Instant;
  readonly signedInAt: Instant;
}

export interface TokenStore {
  /** @throws {FillDatabaseError} TOKEN_KEY when the key is another one */
  load(): Promise<StoredToken | null>;
  /** Replaces what was there, in one statement. */
  save(token: StoredToken): Promise<void>;
}

/** What anyone may know of the sign-in. */
export interface SignIn {
  readonly signedInAt: Instant;
  /** When somebody has to sign in again. */
  readonly refreshExpiresAt: Instant;
}

const TOKEN_ID = 1;
const PURPOSE = 'broker-oauth';
/** Ties the ciphertext to its row and use. */
const PLACE = `${TOKEN_ID}:${PURPOSE}`;

/** Tokens at rest, encrypted as one text: not even their expiry can be altered without the key. */
export function createTokenStore(db: Queries, cipher: TokenCipher, now: () => Instant): TokenStore {
  return {
    async load() {
      const row = await db.token.findUnique({ where: { id: TOKEN_ID } });
      return row && tokenFromJson(jsonObject(cipher.open(row, PLACE)));
    },
    async save(token) {
      const row = {
        ...cipher.seal(JSON.stringify(token), PLACE),
        purpose: PURPOSE,
        updatedAt: instantText(now()),
        signedInAt: instantText(token.signedInAt),
        refreshExpiresAt: instantText(token.refreshTokenExpiresAt),
      };
      await db.token.upsert({ where: { id: TOKEN_ID }, create: { id: TOKEN_ID, ...row }, update: row });
    },
  };
}

/**
 * The sign-in, read without the key: for people and warnings. The encrypted text alone decides what is sent. Null
 * before the first sign-in, and while the tokens are those that an older version saved.
 */
export async function readSignIn(db: Queries): Promise<SignIn | null> {
  const row = await db.token.findUnique({
    where: { id: TOKEN_ID },
    select: { signedInAt: true, refreshExpiresAt: true },
  });
  if (row === null || row.signedInAt === null || row.refreshExpiresAt === null) return null;
  return { signedInAt: instantFromText(row.signedInAt), refreshExpiresAt: instantFromText(row.refreshExpiresAt) };
}

/** The text is authentic: this program wrote it. Other fields, of a version to come, are left out. */
function tokenFromJson(json: JsonObject): StoredToken {
  return {
    accessToken: String(json['accessToken']),
    accessTokenExpiresAt: Number(json['accessTokenExpiresAt']),
    refreshToken: String(json['refreshToken']),
    refreshTokenExpiresAt: Number(json['refreshTokenExpiresAt']),
    signedInAt: Number(json['signedInAt']),
  };
}
