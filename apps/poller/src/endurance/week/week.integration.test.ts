import { DEFAULT_POLL_SETTINGS, MINUTE } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { failedChecks } from '../check.ts';
import { runWeek } from './run-week.ts';

/** The usual rhythm slowed down, so that the week takes few cycles. `pnpm endure week` lives it at full pace. */
const UNHURRIED = {
  ...DEFAULT_POLL_SETTINGS,
  jitterMs: 0,
  fastIntervalMs: MINUTE,
  intervalMs: 5 * MINUTE,
  extendedIntervalMs: 10 * MINUTE,
  outsideIntervalMs: 60 * MINUTE,
};

it.for([
  ['looks now and then while the market is closed', UNHURRIED],
  ['rests while the market is closed', { ...UNHURRIED, outsideIntervalMs: null }],
] as const)(
  'lives through a week of trading, early close, weekend, change of clocks, holiday, and %s',
  { timeout: 300_000 },
  async ([, settings], test) => {
    const { checks, lines } = await runWeek(test, { settings, stepMs: MINUTE, progress: () => undefined });
    await test.annotate(lines.join('\n'));
    expect(failedChecks(checks)).toEqual([]);
  },
);
