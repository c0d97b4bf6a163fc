import type { Clock } from '../clock.ts';
import { SchwabError } from '../errors.ts';
import { settleOrAbort } from './settle-or-abort.ts';
import type { StoredToken, TokenStore } from './stored-token.ts';

/** An access token is replaced this long before it dies, so that none dies on the wire. */
const REFRESH_AHEAD_MS = 60_000;
/** A refresh token was once called dead and worked again: it is called dead after the second answer, this much later. */
const SECOND_OPINION_MS = 2_000;
/** How long a refresh token that Schwab calls dead is not tried again. */
const DEAD_FOR_MS = 10 * 60_000;

export interface TokenSource {
  /**
   * An access token with a minute to live. The signal ends the wait, never the refresh.
   *
   * @throws {SchwabError} `sign-in-needed` without a token or with a dead one; whatever made the refresh fail.
   */
  fresh(signal?: AbortSignal): Promise<StoredToken>;
  /** After a 401: another access token than the refused one. */
  replace(refusedAccessToken: string, signal?: AbortSignal): Promise<StoredToken>;
  /** Runs a sign-in while no refresh does, and stores what it gives. */
  signIn(exchange: () => Promise<StoredToken>): Promise<void>;
}

export interface TokenSourceOptions {
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly refresh: (token: StoredToken) => Promise<StoredToken>;
}

/**
 * Who may use which token, when.
 *
 * Invariants: one change of the token at a time, and all who need a refresh share it; a change once begun is ended,
 * whoever lost interest, since it may void the token it started from; a token that came is not lost when saving it
 * fails (it is held and saved before anything else); an older sign-in never overwrites a younger one.
 */
export function createTokenSource({ store, clock, refresh }: TokenSourceOptions): TokenSource {
  let unsaved: StoredToken | null = null;
  let refreshing: Promise<StoredToken> | null = null;
  let lastChange: Promise<unknown> = Promise.resolve();
  let dead: { readonly refreshToken: string; readonly until: number } | null = null;

  /** The store is asked each time, not a copy in memory: another process may have signed in meanwhile. */
  async function current(): Promise<StoredToken | null> {
    const stored = await store.load();
    if (unsaved === null) return stored;
    if (stored !== null && stored.signedInAt > unsaved.signedInAt) unsaved = null;
    else await keep(unsaved);
    return store.load();
  }

  async function keep(token: StoredToken): Promise<void> {
    unsaved = token;
    await store.save(token);
    if (unsaved === token) unsaved = null;
  }

  async function currentOrSignIn(): Promise<StoredToken> {
    const token = await current();
    if (token === null) throw new SchwabError('sign-in-needed', 'no one has signed in to Schwab yet');
    return token;
  }

  /** Runs changes of the token one after the other, whatever becomes of each. */
  function exclusively<T>(change: () => Promise<T>): Promise<T> {
    const result = lastChange.then(change);
    lastChange = result.catch(() => undefined);
    return result;
  }

  function refreshOnce(isGoodEnough: (token: StoredToken) => boolean): Promise<StoredToken> {
    refreshing ??= exclusively(async () => {
      const token = await currentOrSignIn();
      // A sign-in, or another process, may have brought a new one while this waited its turn.
      return isGoodEnough(token) ? token : await renew(token);
    }).finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function renew(token: StoredToken): Promise<StoredToken> {
    if (dead?.refreshToken === token.refreshToken && clock.now() < dead.until) throw deadToken();
    // Held before the store is touched: from here on, nothing that fails may lose it.
    unsaved = await refreshWithSecondOpinion(token);
    return currentOrSignIn();
  }

  async function refreshWithSecondOpinion(token: StoredToken): Promise<StoredToken> {
    try {
      return await refresh(token);
    } catch (error) {
      if (!isDeadToken(error)) throw error;
    }
    await clock.sleep(SECOND_OPINION_MS);
    try {
      return await refresh(token);
    } catch (error) {
      if (!isDeadToken(error)) throw error;
      dead = { refreshToken: token.refreshToken, until: clock.now() + DEAD_FOR_MS };
      throw error;
    }
  }

  const isFresh = (token: StoredToken) => token.accessTokenExpiresAt - REFRESH_AHEAD_MS > clock.now();

  return {
    async fresh(signal) {
      const token = await currentOrSignIn();
      return isFresh(token) ? token : await settleOrAbort(refreshOnce(isFresh), signal);
    },

    async replace(refusedAccessToken, signal) {
      const isAnother = (token: StoredToken) => token.accessToken !== refusedAccessToken;
      const token = await currentOrSignIn();
      return isAnother(token) ? token : await settleOrAbort(refreshOnce(isAnother), signal);
    },

    signIn: (exchange) => exclusively(async () => keep(await exchange())),
  };
}

function isDeadToken(error: unknown): boolean {
  return error instanceof SchwabError && error.kind === 'sign-in-needed';
}

function deadToken(): SchwabError {
  return new SchwabError('sign-in-needed', 'Schwab called the refresh token dead a short while ago');
}
