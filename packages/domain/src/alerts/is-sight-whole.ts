import type { Instant } from '../instant.ts';
import type { BlindSpot } from '../polling/blind-spot.ts';

/** What the record says of how far the tracker has looked. */
export interface SightFacts {
  /** Up to when everything at the broker was seen; null when it never was. */
  readonly lastLookAt: Instant | null;
  /** Spots that are open, and those that are over and of which not everything is in the record yet. */
  readonly spots: readonly BlindSpot[];
}

/**
 * Whether what happened while an alert stood is in the record by now. That a poller is at work again, or that the broker
 * answers, says nothing of the fills meanwhile: somebody must have looked since, and have made up for what was missed.
 */
export function isSightWhole(
  { since, raisedAt }: { readonly since: Instant; readonly raisedAt: Instant },
  { lastLookAt, spots }: SightFacts,
): boolean {
  if (lastLookAt === null || lastLookAt <= raisedAt) return false;
  return spots.every(({ endedAt, cause }) =>
    // A rest by choice that began since then is no part of the trouble: a look ends any spot before it.
    endedAt === null ? cause === 'closed-by-choice' : endedAt < since,
  );
}
