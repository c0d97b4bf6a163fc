/** What a value of Schwab's means; null when there is none, since to Schwab absent and null are the same. */
import { type Decimal, type Instant, parseDecimal } from '@fill-tracker/domain';
import { DateTime } from 'luxon';

/** A value that Schwab sent and that has no meaning, such as a quantity below zero. `path` says where it stands. */
export class UntranslatableError extends Error {
  override readonly name = 'UntranslatableError';
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path} ${problem}`);
    this.path = path;
  }
}

/** The exact value of a number's text; null when there is none. @throws {UntranslatableError} when it cannot be one */
export function number(text: unknown, path: string): Decimal | null {
  if (text === null || text === undefined) return null;
  const value = typeof text === 'string' ? parseDecimal(text) : null;
  if (value === null) throw new UntranslatableError(path, `is no number within bounds${quoted(text)}`);
  return value;
}

/** @throws {UntranslatableError} also when it is below zero. */
export function quantity(text: string | null | undefined, path: string): Decimal | null {
  const value = number(text, path);
  if (value?.isNegative() === true && !value.isZero()) throw new UntranslatableError(path, `is below zero: ${text}`);
  return value;
}

/** A date and a time of day: what is told of one alone, luxon completes from the clock or with midnight. */
const DATE_AND_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * Schwab writes `2025-08-29T17:15:17+0000`; `+00:00` and `Z` occur too. A time without zone is taken as UTC.
 *
 * @throws {UntranslatableError} when it cannot be a time; null when there is none.
 */
export function instant(text: unknown, path: string): Instant | null {
  if (text === null || text === undefined) return null;
  const time = typeof text === 'string' && DATE_AND_TIME.test(text) ? DateTime.fromISO(text, { zone: 'utc' }) : null;
  if (time?.isValid !== true) throw new UntranslatableError(path, `is no time${quoted(text)}`);
  return time.toMillis();
}

/** @throws {UntranslatableError} when it is no text; null when there is none. */
export function words(text: unknown, path: string): string | null {
  if (text === null || text === undefined) return null;
  if (typeof text !== 'string') throw new UntranslatableError(path, 'is no text');
  return text;
}

function quoted(text: unknown): string {
  return typeof text === 'string' ? `: "${text.slice(0, 40)}"` : '';
}
