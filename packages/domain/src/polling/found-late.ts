import { type Instant, SECOND } from '../instant.ts';

/** A blind spot that is over. */
export interface EndedSpot {
  readonly beganAt: Instant;
  readonly endedAt: Instant;
}

/**
 * The blind spot in which a fill happened and after which it was found; null when it was seen as usual. Derived
 * wherever it is shown, never stored: both times are facts already.
 *
 * @param fill the broker's time of it, whole seconds, and when the record first had it
 * @returns the last of several: the one that kept it out of sight to the end.
 */
export function blindSpotOfFill<Spot extends EndedSpot>(
  { occurredAt, committedAt }: { readonly occurredAt: Instant | null; readonly committedAt: Instant },
  spots: readonly Spot[],
): Spot | null {
  if (occurredAt === null) return null;
  const hiding = spots.filter((spot) => committedAt >= spot.endedAt && isWithinSpot(occurredAt, spot));
  return hiding.reduce<Spot | null>((last, spot) => (last === null || spot.endedAt > last.endedAt ? spot : last), null);
}

/** True when something happened within a spot, as far as whole seconds tell: both of its ends belong to it. */
export function isWithinSpot(
  occurredAt: Instant,
  { beganAt, endedAt }: { readonly beganAt: Instant; readonly endedAt: Instant | null },
): boolean {
  const firstSecond = Math.floor(beganAt / SECOND) * SECOND;
  return occurredAt >= firstSecond && (endedAt === null || occurredAt <= endedAt);
}
