import { setTimeout as sleep } from 'node:timers/promises';

/** How long a statement waits for the lock of another connection, ms. */
const WAITS_FOR_MS = 5_000;
const TRIES_AGAIN_AFTER_MS = 10;

/**
 * Tries a statement until no other connection holds SQLite's lock. SQLite's own waiting (`busy_timeout`) blocks the
 * thread: heartbeats and calls to the broker would stand still meanwhile; and if the holder is another connection of
 * this process, it could not end at all.
 *
 * A statement that could only succeed in a newer snapshot (SQLITE_BUSY_SNAPSHOT) is not tried again: it never would.
 *
 * @throws what the statement throws, the lock's own error after 5 s.
 */
export async function waitWhileLocked<T>(statement: () => Promise<T>): Promise<T> {
  const givesUpAt = performance.now() + WAITS_FOR_MS;
  for (;;) {
    try {
      return await statement();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= givesUpAt) throw error;
    }
    await sleep(TRIES_AGAIN_AFTER_MS);
  }
}

/** The driver's error stands in the cause of the adapter's. */
function isLocked(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('originalCode' in error) return error.originalCode === 'SQLITE_BUSY';
  return 'cause' in error && isLocked(error.cause);
}
