import type { OwningTest } from '../testing/world.ts';

/** Owns what a trial is made of, as a test does: everything ends with it, what was made last first. */
export interface Scope extends OwningTest {
  end(): Promise<void>;
}

export function openScope(): Scope {
  const cleanups: (() => void | Promise<void>)[] = [];
  return {
    onTestFinished: (cleanup) => void cleanups.push(cleanup),
    async end() {
      for (let cleanup = cleanups.pop(); cleanup !== undefined; cleanup = cleanups.pop()) await cleanup();
    },
  };
}

/** Runs a trial in a scope of its own. */
export async function withScope<T>(run: (scope: Scope) => Promise<T>): Promise<T> {
  const scope = openScope();
  try {
    return await run(scope);
  } finally {
    await scope.end();
  }
}
