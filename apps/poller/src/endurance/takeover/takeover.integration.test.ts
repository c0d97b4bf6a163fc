import { expect, it } from 'vitest';
import { failedChecks } from '../check.ts';
import { runTakeovers, TAKEOVER_WITHIN_MS } from './run-takeovers.ts';

/** Twice what is promised: machines that run tests are busy. `pnpm endure takeover` holds it to the promise. */
const WITHIN_MS = 2 * TAKEOVER_WITHIN_MS;

it(
  'takes over from a poller that was killed, and from one that was stopped and comes back',
  { timeout: 180_000 },
  async (test) => {
    const { checks, lines } = await runTakeovers(test, {
      rounds: 2,
      seed: 11,
      withinMs: WITHIN_MS,
      progress: () => undefined,
    });
    await test.annotate(lines.join('\n'));
    expect(failedChecks(checks)).toEqual([]);
  },
);
