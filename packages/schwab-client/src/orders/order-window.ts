import { SchwabError } from '../errors.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Schwab's limit on `fromEnteredTime`. */
const MAX_WINDOW_DAYS = 60;
/** Schwab's own default, and its ceiling: a list of exactly this many rows may have been cut off. */
export const MAX_ORDER_ROWS = 3000;

/** Orders ENTERED between two instants; one entered earlier that fills inside the window is not listed. */
export interface OrderWindow {
  /** ms since epoch, at most 60 days ago. */
  readonly from: number;
  /** ms since epoch. */
  readonly to: number;
  /** Rows to give at most; 3,000 when left out. */
  readonly maxResults?: number;
}

/**
 * The query of a list call, times as Schwab's `yyyy-MM-dd'T'HH:mm:ss.SSSZ`.
 *
 * @throws {SchwabError} `bad-request` for a window that Schwab refuses: nothing is sent.
 */
export function orderWindowQuery(window: OrderWindow, now: number): Record<string, string> {
  const maxResults = window.maxResults ?? MAX_ORDER_ROWS;
  if (!Number.isSafeInteger(window.from) || !Number.isSafeInteger(window.to))
    throw refuse('the times must be whole ms');
  if (window.from > window.to) throw refuse('the window ends before it begins');
  if (window.from < now - MAX_WINDOW_DAYS * DAY_MS)
    throw refuse(`the window begins more than ${MAX_WINDOW_DAYS} days ago`);
  if (!Number.isSafeInteger(maxResults) || maxResults < 1)
    throw refuse('maxResults must be a whole number of at least 1');
  return {
    fromEnteredTime: new Date(window.from).toISOString(),
    toEnteredTime: new Date(window.to).toISOString(),
    maxResults: String(maxResults),
  };
}

function refuse(problem: string): SchwabError {
  return new SchwabError('bad-request', `list-orders: ${problem} (nothing was sent)`, { operation: 'list-orders' });
}
