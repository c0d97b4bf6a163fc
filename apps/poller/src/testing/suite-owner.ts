import { afterAll } from 'vitest';
import type { OwningTest } from './world.ts';

/** Owns what all tests of a suite share: it ends with the last of them. To be called while the suite is collected. */
export function suiteOwner(): OwningTest {
  const cleanups: (() => void | Promise<void>)[] = [];
  afterAll(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  });
  return { onTestFinished: (cleanup) => void cleanups.push(cleanup) };
}
