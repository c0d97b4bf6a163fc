import { DateTime } from 'luxon';

/** Longer than any pause Schwab was seen to ask for; a nonsense header must not silence the client for a day. */
export const MAX_RETRY_AFTER_MS = 5 * 60_000;

/**
 * Reads a `Retry-After` header in either of its forms, seconds or an HTTP date, as milliseconds from now, within
 * 0 and five minutes; null when it is absent or unreadable.
 *
 * @param now ms since epoch by the server's clock where it sent one (`Date`), so that a skewed clock of ours does not
 * stretch or swallow the pause.
 */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const wanted = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : (readHttpDate(text) ?? Number.NaN) - now;
  return Number.isNaN(wanted) ? null : Math.ceil(Math.min(Math.max(wanted, 0), MAX_RETRY_AFTER_MS));
}

/** An HTTP date as ms since epoch; null when absent or unreadable. */
export function readHttpDate(header: string | null): number | null {
  const date = header === null ? null : DateTime.fromHTTP(header);
  return date?.isValid ? date.toMillis() : null;
}
