import { DEFAULT_POLL_SETTINGS, MINUTE, SECOND } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { failedChecks } from '../check.ts';
import { runWeek } from './run-week.ts';

/** The usual rhythm slowed down, so that the week takes few cycles. `pnpm endure week` lives it at full pace. */
const UNHURRIED = {
  ...DEFAULT_POLL_SETTINGS,
  jitterMs: 0,
  fastIntervalMs: 30 * SECOND,
  intervalMs: 5 * MINUTE,
  extendedIntervalMs: 10 * MINUTE,
  outsideIntervalMs: 60 * MINUTE,
};

it(
  'lives through a week of trading: early close, weekend, change of clocks, holiday',
  { timeout: 300_000 },
  async (test) => {
    const { checks, lines } = await runWeek(test, {
      settings: UNHURRIED,
      stepMs: 30 * SECOND,
      progress: () => undefined,
    });
    await test.annotate(lines.join('\n'));
    expect(failedChecks(checks)).toEqual([]);
  },
);
