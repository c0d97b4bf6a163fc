/**
 * Keeps two processes from refreshing the same token at once, which can void it for both. Held for as long as a refresh
 * takes, its retries and the wait for a second opinion included: two minutes at worst.
 */
export interface RefreshLock {
  /** Runs `run` while nobody else runs under this lock; settles as it does, or rejects when the lock is not to be had. */
  withLock<T>(run: () => Promise<T>): Promise<T>;
}

/** For a process that is alone with its token. */
export const NO_LOCK: RefreshLock = { withLock: (run) => run() };
