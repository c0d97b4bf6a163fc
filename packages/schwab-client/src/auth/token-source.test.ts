import { describe, expect, it, vi } from 'vitest';

import { SchwabError } from '../errors.ts';
import { EagerClock, settle } from '../testing/fake-clock.ts';
import { MemoryTokenStore, tokenSignedIn } from '../testing/test-client.ts';
import type { RefreshLock } from './refresh-lock.ts';
import type { StoredToken } from './stored-token.ts';
import { createTokenSource } from './token-source.ts';

type Refresh = (token: StoredToken) => Promise<StoredToken>;

const dead = () => new SchwabError('sign-in-needed', 'Schwab answered 400', { operation: 'refresh-token' });
const renewedFrom = (token: StoredToken, accessToken = 'second'): StoredToken => ({
  ...token,
  accessToken,
  accessTokenExpiresAt: token.accessTokenExpiresAt + 30 * 60_000,
});

function setUp(changes: Partial<StoredToken> = {}) {
  const clock = new EagerClock();
  const store = new MemoryTokenStore(tokenSignedIn(clock.now(), { accessToken: 'first', ...changes }));
  const refresh = vi.fn<Refresh>((token) => Promise.resolve(renewedFrom(token)));
  return { clock, store, refresh, tokens: createTokenSource({ store, clock, refresh }) };
}

interface HeldRefresh {
  readonly finish: (token: StoredToken) => void;
  readonly fail: (error: Error) => void;
}

/** The next refresh, once it has begun; it ends when told to. */
function heldRefresh(refresh: ReturnType<typeof setUp>['refresh']): Promise<HeldRefresh> {
  return new Promise((begun) => {
    refresh.mockImplementationOnce(() => new Promise((finish, fail) => begun({ finish, fail })));
  });
}

describe('token source', () => {
  it('gives the stored token while it lives', async () => {
    const { tokens, refresh } = setUp();
    expect((await tokens.fresh()).accessToken).toBe('first');
    expect(refresh).not.toHaveBeenCalled();
  });

  it('refreshes a minute before the token dies, and stores what comes', async () => {
    const { tokens, store, clock } = setUp();
    clock.pass(29 * 60_000);
    expect((await tokens.fresh()).accessToken).toBe('second');
    expect(store.token?.accessToken).toBe('second');
  });

  it('makes one refresh for all who ask at once', async () => {
    const { tokens, refresh, clock } = setUp();
    clock.pass(3_600_000);
    const answers = await Promise.all(Array.from({ length: 20 }, () => tokens.fresh()));
    expect(new Set(answers.map(({ accessToken }) => accessToken))).toEqual(new Set(['second']));
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('asks for a sign-in when nobody ever signed in, and finds it once somebody did', async () => {
    const { tokens, store, clock } = setUp();
    store.token = null;
    await expect(tokens.fresh()).rejects.toMatchObject({ kind: 'sign-in-needed' });
    store.token = tokenSignedIn(clock.now(), { accessToken: 'new' });
    expect((await tokens.fresh()).accessToken).toBe('new');
  });

  it('ends a refresh that nobody waits for any more, and stores it', async () => {
    const { tokens, store, refresh, clock } = setUp();
    const token = await tokens.fresh();
    clock.pass(3_600_000);
    const begun = heldRefresh(refresh);
    const abort = new AbortController();
    const waiting = tokens.fresh(abort.signal);
    const held = await begun;
    abort.abort(new Error('no longer wanted'));
    await expect(waiting).rejects.toThrow('no longer wanted');
    held.finish(renewedFrom(token, 'finished'));
    await vi.waitFor(() => expect(store.token?.accessToken).toBe('finished'));
  });

  it('leaves no rejection behind when an abandoned refresh fails', async () => {
    const { tokens, refresh, clock } = setUp();
    clock.pass(3_600_000);
    const begun = heldRefresh(refresh);
    const abort = new AbortController();
    const waiting = tokens.fresh(abort.signal).catch(() => 'gave up');
    const held = await begun;
    abort.abort();
    held.fail(new Error('the broker is down'));
    expect(await waiting).toBe('gave up');
    await settle();
    expect((await tokens.fresh()).accessToken).toBe('second');
  });

  it('replaces a refused token once, however many were refused with it', async () => {
    const { tokens, refresh } = setUp();
    const answers = await Promise.all([tokens.replace('first'), tokens.replace('first'), tokens.replace('first')]);
    expect(answers.map(({ accessToken }) => accessToken)).toEqual(['second', 'second', 'second']);
    expect((await tokens.replace('first')).accessToken).toBe('second');
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('believes that a refresh token is dead only when Schwab says so twice', async () => {
    const { tokens, refresh, clock } = setUp();
    clock.pass(3_600_000);
    refresh.mockRejectedValueOnce(dead());
    expect((await tokens.fresh()).accessToken).toBe('second');
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(clock.sleeps).toEqual([2_000]);
  });

  it('does not ask about a dead one again, until ten minutes later', async () => {
    const { tokens, refresh, clock } = setUp();
    clock.pass(3_600_000);
    refresh.mockRejectedValueOnce(dead()).mockRejectedValueOnce(dead());
    await expect(tokens.fresh()).rejects.toMatchObject({ kind: 'sign-in-needed' });
    await expect(tokens.fresh()).rejects.toMatchObject({ kind: 'sign-in-needed' });
    expect(refresh).toHaveBeenCalledTimes(2);
    clock.pass(10 * 60_000);
    expect((await tokens.fresh()).accessToken).toBe('second');
  });

  it('does not ask again with the old one when somebody signs in before the second answer', async () => {
    const { tokens, store, refresh, clock } = setUp();
    clock.pass(3_600_000);
    refresh.mockImplementationOnce(() => {
      store.token = tokenSignedIn(clock.now(), { accessToken: 'signed in elsewhere', refreshToken: 'younger' });
      return Promise.reject(dead());
    });
    expect((await tokens.fresh()).accessToken).toBe('signed in elsewhere');
    expect(refresh).toHaveBeenCalledOnce();
  });

  it.each([
    ['comes back in between', new SchwabError('server', 'Schwab answered 502'), 'server'],
    ['is the second answer too', dead(), 'sign-in-needed'],
  ])('calls it as the second answer does when that %s', async (_what, second, kind) => {
    const { tokens, refresh, clock } = setUp();
    clock.pass(3_600_000);
    refresh.mockRejectedValueOnce(dead()).mockRejectedValueOnce(second);
    await expect(tokens.fresh()).rejects.toMatchObject({ kind });
  });

  it('finds the sign-in of another process while it holds the old token for dead', async () => {
    const { tokens, store, refresh, clock } = setUp();
    clock.pass(3_600_000);
    refresh.mockRejectedValueOnce(dead()).mockRejectedValueOnce(dead());
    await expect(tokens.fresh()).rejects.toMatchObject({ kind: 'sign-in-needed' });
    store.token = tokenSignedIn(clock.now(), { accessToken: 'signed in elsewhere', refreshToken: 'younger' });
    expect((await tokens.fresh()).accessToken).toBe('signed in elsewhere');
  });

  it('takes up a new sign-in at once, dead or not the old one', async () => {
    const { tokens, refresh, clock } = setUp();
    clock.pass(3_600_000);
    refresh.mockRejectedValueOnce(dead()).mockRejectedValueOnce(dead());
    await expect(tokens.fresh()).rejects.toMatchObject({ kind: 'sign-in-needed' });
    await tokens.signIn(() => Promise.resolve(tokenSignedIn(clock.now(), { accessToken: 'signed in' })));
    expect((await tokens.fresh()).accessToken).toBe('signed in');
  });

  it('passes on any other failure after one try, and tries again when asked again', async () => {
    const { tokens, refresh, clock } = setUp();
    clock.pass(3_600_000);
    refresh.mockRejectedValueOnce(new SchwabError('network', 'the connection failed'));
    await expect(tokens.fresh()).rejects.toMatchObject({ kind: 'network' });
    expect((await tokens.fresh()).accessToken).toBe('second');
  });

  it('holds a token that could not be saved, and saves it before anything else', async () => {
    const { tokens, store, refresh, clock } = setUp();
    clock.pass(3_600_000);
    store.failures = 2;
    await expect(tokens.fresh()).rejects.toThrow('the disk is full');
    await expect(tokens.fresh()).rejects.toThrow('the disk is full');
    clock.pass(-3_600_000);
    expect((await tokens.fresh()).accessToken).toBe('second');
    expect(store.token?.accessToken).toBe('second');
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('never overwrites a younger sign-in with what an older one gave', async () => {
    const { tokens, store, refresh, clock } = setUp();
    const old = await tokens.fresh();
    clock.pass(3_600_000);
    const begun = heldRefresh(refresh);
    const waiting = tokens.fresh();
    const held = await begun;
    store.token = tokenSignedIn(clock.now(), { accessToken: 'from another process' });
    held.finish(renewedFrom(old));
    expect((await waiting).accessToken).toBe('from another process');
    expect(store.token.accessToken).toBe('from another process');
  });

  it('lets a refresh end before a sign-in begins, and needs none after it', async () => {
    const { tokens, refresh, clock } = setUp();
    const old = await tokens.fresh();
    clock.pass(3_600_000);
    const begun = heldRefresh(refresh);
    const waiting = tokens.fresh();
    const held = await begun;
    const exchange = vi.fn<() => Promise<StoredToken>>(() =>
      Promise.resolve(tokenSignedIn(clock.now(), { accessToken: 'signed in' })),
    );
    const signingIn = tokens.signIn(exchange);
    await settle();
    expect(exchange).not.toHaveBeenCalled();
    held.finish(renewedFrom(old));
    await Promise.all([waiting, signingIn]);
    expect((await tokens.fresh()).accessToken).toBe('signed in');
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('goes on after a sign-in that failed', async () => {
    const { tokens } = setUp();
    await expect(tokens.signIn(() => Promise.reject(new Error('the code was used')))).rejects.toThrow(
      'the code was used',
    );
    expect((await tokens.fresh()).accessToken).toBe('first');
  });
});

/** One at a time, in order; `broken` makes it refuse. */
class Mutex implements RefreshLock {
  broken = false;
  #last: Promise<unknown> = Promise.resolve();

  withLock<T>(run: () => Promise<T>): Promise<T> {
    if (this.broken) return Promise.reject(new Error('the lock is gone'));
    const result = this.#last.then(run);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

describe('two token sources over one store, under one lock', () => {
  function setUpTwo() {
    const one = setUp();
    const lock = new Mutex();
    const source = () => createTokenSource({ store: one.store, clock: one.clock, refresh: one.refresh, lock });
    return { ...one, lock, first: source(), second: source() };
  }

  it('refresh once: the second finds the fresh token', async () => {
    const { first, second, refresh, clock } = setUpTwo();
    clock.pass(3_600_000);
    const begun = heldRefresh(refresh);
    const waiting = [first.fresh(), second.fresh()];
    const held = await begun;
    await settle();
    held.finish(renewedFrom(tokenSignedIn(clock.now()), 'the only one'));
    expect((await Promise.all(waiting)).map(({ accessToken }) => accessToken)).toEqual([
      'the only one',
      'the only one',
    ]);
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('replace a refused token once', async () => {
    const { first, second, refresh } = setUpTwo();
    const answers = await Promise.all([first.replace('first'), second.replace('first')]);
    expect(answers.map(({ accessToken }) => accessToken)).toEqual(['second', 'second']);
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('let the second try when the first failed', async () => {
    const { first, second, refresh, clock } = setUpTwo();
    clock.pass(3_600_000);
    refresh.mockRejectedValueOnce(new SchwabError('network', 'the connection failed'));
    const [one, other] = await Promise.allSettled([first.fresh(), second.fresh()]);
    expect(one).toMatchObject({ status: 'rejected', reason: { kind: 'network' } });
    expect(other).toMatchObject({ status: 'fulfilled', value: { accessToken: 'second' } });
  });

  it('store a sign-in only after the refresh of the other, so that it stays', async () => {
    const { first, second, store, refresh, clock } = setUpTwo();
    const old = await first.fresh();
    clock.pass(3_600_000);
    const begun = heldRefresh(refresh);
    const waiting = first.fresh();
    const held = await begun;
    const signedIn = tokenSignedIn(clock.now(), { accessToken: 'signed in', refreshToken: 'younger' });
    const signingIn = second.signIn(() => Promise.resolve(signedIn));
    await settle();
    expect(store.token).toEqual(old);
    held.finish(renewedFrom(old));
    await Promise.all([waiting, signingIn]);
    expect(store.token).toEqual(signedIn);
  });

  it('lose no sign-in to a lock that is not to be had, and refresh nothing without it', async () => {
    const { first, store, lock, refresh, clock } = setUpTwo();
    lock.broken = true;
    await first.signIn(() => Promise.resolve(tokenSignedIn(clock.now(), { accessToken: 'signed in' })));
    expect(store.token?.accessToken).toBe('signed in');
    clock.pass(3_600_000);
    await expect(first.fresh()).rejects.toThrow('the lock is gone');
    expect(refresh).not.toHaveBeenCalled();
  });
});
