import { randomBytes } from 'node:crypto';
import { systemClock } from '@fill-tracker/schwab-client';

/** Where time, randomness and ids come from: here and nowhere else. */
export function processParts(): { clock: typeof systemClock; random: () => number; processId: string } {
  return { clock: systemClock, random: Math.random, processId: `${process.pid}:${randomBytes(2).toString('hex')}` };
}
