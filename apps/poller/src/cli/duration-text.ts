import { HOUR, MINUTE, SECOND } from '@fill-tracker/domain';

/** A span for people: tenths of a second when short, whole units when long, rounded down. */
export function durationText(ms: number): string {
  if (ms < MINUTE) return `${(Math.max(0, ms) / SECOND).toFixed(1)} s`;
  if (ms < 2 * HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 48 * HOUR) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / (24 * HOUR))} days`;
}
