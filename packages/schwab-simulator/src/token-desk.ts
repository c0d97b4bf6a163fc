import { z } from 'zod';
import { DEMO_CREDENTIALS } from './demo-credentials.ts';
import { REFRESH_REFUSALS, type RefreshRefusal } from './token-refusals.ts';

const CODE_LIFE_MS = 30_000;
const REFRESH_TOKEN_LIFE_MS = 7 * 24 * 3_600_000;

/** A login through the browser: its refresh token and when it began (epoch ms). */
export interface Login {
  readonly refreshToken: string;
  readonly loggedInAt: number;
}

export interface TokenGrant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

/** What can be told to the token endpoint; what is left out stays as it is. */
export const tokenChangeSchema = z.strictObject({
  /** How refreshes are refused from now on; null for not at all. */
  refuseRefresh: z.enum(REFRESH_REFUSALS).nullable().optional(),
  /** Only so many refreshes are refused; all when missing. */
  refuseTimes: z.number().int().positive().optional(),
  /** The life of access tokens, as announced with each. */
  accessTokenSeconds: z.number().int().positive().optional(),
  /** The true life of access tokens, shorter or longer than announced; null for as announced. */
  accessTokenLivesSeconds: z.number().int().nonnegative().nullable().optional(),
  /** Ends every access token at once, as a change behind the scenes does. */
  expireAccessTokens: z.boolean().optional(),
  /** The callbacks that the app is registered with, to the letter; null for any. */
  callbackUrls: z.array(z.string()).nullable().optional(),
});

type TokenChange = z.output<typeof tokenChangeSchema>;

export interface TokenDeskState {
  readonly refuseRefresh: RefreshRefusal | null;
  /** How many more refreshes are refused; null for all. */
  readonly refuseTimes: number | null;
  readonly accessTokenSeconds: number;
  readonly accessTokenLivesSeconds: number | null;
  /** Refreshes asked for since the start or the last reset, refused ones too. */
  readonly refreshes: number;
  readonly refusedRefreshes: number;
  readonly callbackUrls: readonly string[] | null;
}

/** Issues and checks tokens by Schwab's rules. */
export interface TokenDesk {
  /** True for a callback that the app is registered with. */
  knowsCallback(redirectUri: string): boolean;
  /** A single-use code for this callback, valid for 30 s. It ends in `@`, as Schwab's do. */
  issueCode(redirectUri: string): string;
  /** Null for a code that is unknown, used, too old or for another callback. A login voids the earlier login. */
  exchangeCode(code: string, redirectUri: string): TokenGrant | null;
  /**
   * A new access token and the same refresh token, whose seven days go on counting from the login; or how it is refused,
   * since the refresh token is dead or was told to be.
   */
  refresh(refreshToken: string): TokenGrant | RefreshRefusal;
  accepts(accessToken: string): boolean;
  login(): Login | null;
  change(change: TokenChange): void;
  state(): TokenDeskState;
  /** Refuses nothing any more, and counts anew. Logins and tokens stay. */
  restore(): void;
}

export function createTokenDesk(desk: {
  now: () => number;
  newSecret: () => string;
  accessTokenSeconds: number;
  login: Login | null;
  /** Called after each login. */
  changed: () => void;
}): TokenDesk {
  const codes = new Map<string, { redirectUri: string; expiresAt: number }>();
  const accessTokens = new Map<string, number>();
  let { login } = desk;
  const usual: TokenDeskState = {
    refuseRefresh: null,
    refuseTimes: null,
    accessTokenSeconds: desk.accessTokenSeconds,
    accessTokenLivesSeconds: null,
    refreshes: 0,
    refusedRefreshes: 0,
    callbackUrls: null,
  };
  let state = usual;

  function grant(refreshToken: string): TokenGrant {
    const now = desk.now();
    for (const [token, expiresAt] of accessTokens) if (expiresAt <= now) accessTokens.delete(token);
    const accessToken = desk.newSecret();
    accessTokens.set(accessToken, now + (state.accessTokenLivesSeconds ?? state.accessTokenSeconds) * 1_000);
    return { accessToken, refreshToken, expiresInSeconds: state.accessTokenSeconds };
  }

  /** Takes one off the refusals that are left. */
  function refusal(): RefreshRefusal | null {
    const { refuseRefresh, refuseTimes } = state;
    if (refuseRefresh === null || refuseTimes === null) return refuseRefresh;
    const left = refuseTimes - 1;
    state = { ...state, refuseTimes: left === 0 ? null : left, refuseRefresh: left === 0 ? null : refuseRefresh };
    return refuseRefresh;
  }

  function isAlive(refreshToken: string): boolean {
    const byLogin = login?.refreshToken === refreshToken && desk.now() < login.loggedInAt + REFRESH_TOKEN_LIFE_MS;
    return byLogin || refreshToken === DEMO_CREDENTIALS.refreshToken;
  }

  return {
    knowsCallback: (redirectUri) => state.callbackUrls?.includes(redirectUri) ?? true,
    issueCode(redirectUri) {
      const code = `C0.${desk.newSecret()}@`;
      codes.set(code, { redirectUri, expiresAt: desk.now() + CODE_LIFE_MS });
      return code;
    },
    exchangeCode(code, redirectUri) {
      const issued = codes.get(code);
      codes.delete(code);
      if (issued === undefined || issued.redirectUri !== redirectUri || issued.expiresAt <= desk.now()) return null;
      login = { refreshToken: desk.newSecret(), loggedInAt: desk.now() };
      desk.changed();
      return grant(login.refreshToken);
    },
    refresh(refreshToken) {
      const refused = refusal() ?? (isAlive(refreshToken) ? null : 'refresh_token_authentication_error');
      state = { ...state, refreshes: state.refreshes + 1 };
      if (refused === null) return grant(refreshToken);
      state = { ...state, refusedRefreshes: state.refusedRefreshes + 1 };
      return refused;
    },
    accepts: (accessToken) => (accessTokens.get(accessToken) ?? 0) > desk.now(),
    login: () => login,
    change(change) {
      const { expireAccessTokens = false, refuseRefresh, refuseTimes } = change;
      const { accessTokenSeconds, accessTokenLivesSeconds, callbackUrls } = change;
      if (expireAccessTokens) accessTokens.clear();
      state = {
        ...state,
        ...(refuseRefresh !== undefined && { refuseRefresh, refuseTimes: refuseTimes ?? null }),
        ...(accessTokenSeconds !== undefined && { accessTokenSeconds }),
        ...(accessTokenLivesSeconds !== undefined && { accessTokenLivesSeconds }),
        ...(callbackUrls !== undefined && { callbackUrls }),
      };
    },
    state: () => state,
    restore() {
      state = usual;
    },
  };
}
