/** The longest wait that is granted, s. */
const LONGEST_WAIT = 30;

/**
 * The wait of a `Prefer: wait=10` header (RFC 7240), in whole seconds, at most 30; null when there is none. Other
 * preferences beside it are left alone.
 */
export function preferredWait(prefer: string | readonly string[] | undefined): number | null {
  const text = typeof prefer === 'string' || prefer === undefined ? prefer : prefer.join(',');
  const [, seconds] = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:[,;]|$)/i.exec(text ?? '') ?? [];
  return seconds === undefined ? null : Math.min(Number(seconds), LONGEST_WAIT);
}
