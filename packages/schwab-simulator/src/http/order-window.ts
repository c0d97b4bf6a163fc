import type { OrderQuery } from '../broker/order-ledger.ts';

const DAY_MS = 24 * 3_600_000;
const OLDEST_DAYS = 60;
const DEFAULT_MAX_RESULTS = 3_000;

/** Schwab's `yyyy-MM-dd'T'HH:mm:ss.SSSZ`; the form without milliseconds is taken too. */
const ENTERED_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Reads the query of a list call; `now` in epoch ms. Gives the message of the 400 when it is wrong: both ends of the
 * window are required, and it may not reach back more than 60 days.
 */
export function readOrderWindow(query: URLSearchParams, now: number): Omit<OrderQuery, 'accountNumber'> | string {
  const from = readEnteredTime(query.get('fromEnteredTime'));
  const to = readEnteredTime(query.get('toEnteredTime'));
  const maxResults = Number(query.get('maxResults') ?? DEFAULT_MAX_RESULTS);
  if (from === null) return 'fromEnteredTime is missing or is not a valid date';
  if (to === null) return 'toEnteredTime is missing or is not a valid date';
  if (from > to) return 'fromEnteredTime must be before toEnteredTime';
  if (from < Math.floor(now / DAY_MS) * DAY_MS - OLDEST_DAYS * DAY_MS) {
    return `fromEnteredTime must be within ${OLDEST_DAYS} days of today`;
  }
  if (!Number.isInteger(maxResults) || maxResults < 1) return 'maxResults must be a positive whole number';
  return { from, to, status: query.get('status'), maxResults };
}

/** Epoch ms, or null for what is not written in Schwab's form. */
export function readEnteredTime(text: string | null): number | null {
  const at = text !== null && ENTERED_TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
