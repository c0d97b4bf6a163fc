import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { instantText } from './rows/instant-text.ts';
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
      const row = { ...cipher.seal(JSON.stringify(token), PLACE), purpose: PURPOSE, updatedAt: instantText(now()) };
      await db.token.upsert({ where: { id: TOKEN_ID }, create: { id: TOKEN_ID, ...row }, update: row });
    },
  };
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
