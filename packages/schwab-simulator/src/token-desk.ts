/** What a client signs in with. The refresh token is accepted always, so that a demo needs no login. */
export const DEMO_CREDENTIALS = {
  appKey: 'demo-app-key',
  appSecret: 'demo-app-secret',
  refreshToken: 'demo-refresh-token',
} as const;

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

/** Issues and checks tokens by Schwab's rules. */
export interface TokenDesk {
  /** A single-use code for this callback, valid for 30 s. It ends in `@`, as Schwab's do. */
  issueCode(redirectUri: string): string;
  /** Null for a code that is unknown, used, too old or for another callback. A login voids the earlier login. */
  exchangeCode(code: string, redirectUri: string): TokenGrant | null;
  /** A new access token and the same refresh token, whose seven days go on counting from the login; null when dead. */
  refresh(refreshToken: string): TokenGrant | null;
  accepts(accessToken: string): boolean;
  login(): Login | null;
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

  function grant(refreshToken: string): TokenGrant {
    const now = desk.now();
    for (const [token, expiresAt] of accessTokens) if (expiresAt <= now) accessTokens.delete(token);
    const accessToken = desk.newSecret();
    accessTokens.set(accessToken, now + desk.accessTokenSeconds * 1_000);
    return { accessToken, refreshToken, expiresInSeconds: desk.accessTokenSeconds };
  }

  return {
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
      const byLogin = login?.refreshToken === refreshToken && desk.now() < login.loggedInAt + REFRESH_TOKEN_LIFE_MS;
      return byLogin || refreshToken === DEMO_CREDENTIALS.refreshToken ? grant(refreshToken) : null;
    },
    accepts: (accessToken) => (accessTokens.get(accessToken) ?? 0) > desk.now(),
    login: () => login,
  };
}
