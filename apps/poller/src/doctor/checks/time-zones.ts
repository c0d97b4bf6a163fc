import { EXCHANGE_ZONE } from '@fill-tracker/domain';
import { type Check, ok, problem } from '../verdict.ts';

/** Noon in London, in winter and in summer: five hours and four ahead of New York's morning. */
const SAMPLES = [
  { at: Date.UTC(2026, 0, 5, 12), hour: 7 },
  { at: Date.UTC(2026, 6, 6, 12), hour: 8 },
] as const;

export const timeZones: Check = {
  name: 'time-zones',
  title: 'Time zones',
  run: () =>
    SAMPLES.every(({ at, hour }) => hourInNewYork(at) === hour)
      ? ok(`this Node knows the hours of ${EXCHANGE_ZONE}`)
      : problem(
          `this Node does not know the hours of ${EXCHANGE_ZONE}`,
          'Install a Node with full time zone data (ICU): without it the market seems open at wrong hours.',
        ),
};

function hourInNewYork(at: number): number | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: EXCHANGE_ZONE, hour: 'numeric', hourCycle: 'h23' });
    return Number(format.format(at));
  } catch {
    return null;
  }
}
