/** What one sign-in gave. All times in ms since epoch. */
export interface StoredToken {
  readonly accessToken: string;
  /** 30 minutes after it was asked for, as a rule. */
  readonly accessTokenExpiresAt: number;
  readonly refreshToken: string;
  /** Seven days after `signedInAt`: refreshing does not extend it. */
  readonly refreshTokenExpiresAt: number;
  /** When the account holder signed in. */
  readonly signedInAt: number;
}

/** Where tokens rest between calls and restarts; `save` replaces the one token as a whole or rejects. */
export interface TokenStore {
  load(): Promise<StoredToken | null>;
  save(token: StoredToken): Promise<void>;
}

/** Schwab's lifetime of a refresh token, counted from the sign-in. */
export const REFRESH_TOKEN_LIFETIME_MS = 7 * 24 * 60 * 60_000;
