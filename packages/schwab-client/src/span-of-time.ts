import { SchwabError } from './errors.ts';
import type { Operation } from './operation.ts';

/** From one instant to another, both in ms since epoch. */
export interface SpanOfTime {
  readonly startDate: number;
  readonly endDate: number;
}

/**
 * @throws {SchwabError} `bad-request` when it is none, or longer than `maxDays`: nothing is sent.
 */
export function assertSpanOfTime({ startDate, endDate }: SpanOfTime, operation: Operation, maxDays = Infinity): void {
  const refuse = (problem: string) =>
    new SchwabError('bad-request', `${operation}: ${problem} (nothing was sent)`, { operation });
  if (!isInstant(startDate) || !isInstant(endDate)) throw refuse('the times must be whole ms since 1970');
  if (startDate > endDate) throw refuse('the time ends before it begins');
  if (endDate - startDate > maxDays * 24 * 60 * 60_000) throw refuse(`the time is longer than ${maxDays} days`);
}

/** The year 9999 ends here; later ones would not be written with four digits. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function isInstant(time: number): boolean {
  return Number.isSafeInteger(time) && time >= 0 && time <= LAST_INSTANT;
}
