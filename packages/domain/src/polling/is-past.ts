import type { Instant } from '../instant.ts';

/**
 * True when so many ms have gone by since an instant, or the instant lies ahead: then the clock was set back, and nobody
 * knows how long ago it was. Waiting for it would mean not to look for as long as the clock was set back.
 */
export function isPast(since: Instant, ms: number, now: Instant): boolean {
  return now < since || now - since >= ms;
}
