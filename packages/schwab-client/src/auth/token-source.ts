import type { Clock } from '../clock.ts';
import { SchwabError } from '../errors.ts';
import { NO_LOCK } from './refresh-lock.ts';
import type { RefreshLock } from './refresh-lock.ts';
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
  /** Left out where no other process uses the store. */
  readonly lock?: RefreshLock | undefined;
}

/**
 * Who may use which token, when.
 *
 * Invariants: one change of the token at a time, and all who need a refresh share it; a change once begun is ended,
 * whoever lost interest, since it may void the token it started from; a token that came is not lost when saving it
 * fails (it is held and saved before anything else); an older sign-in never overwrites a younger one. With a lock, all
 * this holds for all processes together: each looks at the store again once it has the lock.
 */
export function createTokenSource({ store, clock, refresh, lock = NO_LOCK }: TokenSourceOptions): TokenSource {
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
    const change = async () => {
      const token = await currentOrSignIn();
      // A sign-in, or another process, may have brought a new one while this waited its turn.
      return isGoodEnough(token) ? token : await renew(token);
    };
    refreshing ??= exclusively(() => lock.withLock(change)).finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function renew(token: StoredToken): Promise<StoredToken> {
    if (dead?.refreshToken === token.refreshToken && clock.now() < dead.until) throw deadToken();
    const fresh = await unlessDead(token);
    if (fresh !== null) return adopt(fresh);
    await clock.sleep(SECOND_OPINION_MS);
    const later = await currentOrSignIn();
    // Somebody signed in meanwhile, which is what made the old one die.
    if (later.refreshToken !== token.refreshToken) return later;
    try {
      return await adopt(await refresh(later));
    } catch (error) {
      if (isDeadToken(error)) dead = { refreshToken: later.refreshToken, until: clock.now() + DEAD_FOR_MS };
      throw error;
    }
  }

  /** Null when Schwab calls the refresh token dead. */
  async function unlessDead(token: StoredToken): Promise<StoredToken | null> {
    try {
      return await refresh(token);
    } catch (error) {
      if (isDeadToken(error)) return null;
      throw error;
    }
  }

  function adopt(token: StoredToken): Promise<StoredToken> {
    // Held before the store is touched: from here on, nothing that fails may lose it.
    unsaved = token;
    return currentOrSignIn();
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

    signIn: (exchange) =>
      exclusively(async () => {
        // A code lives for 30 seconds and cannot wait for the lock; what it gave can, and is held meanwhile.
        const token = await exchange();
        unsaved = token;
        try {
          await lock.withLock(() => keep(token));
        } catch {
          // A lock that is not to be had must not cost a sign-in. Of two tokens, the younger sign-in's wins anyway.
          await keep(token);
        }
      }),
  };
}

function isDeadToken(error: unknown): boolean {
  return error instanceof SchwabError && error.kind === 'sign-in-needed';
}

function deadToken(): SchwabError {
  return new SchwabError('sign-in-needed', 'Schwab called the refresh token dead a short while ago');
}
