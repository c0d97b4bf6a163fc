import type { Blindness, BlindSpot } from '@fill-tracker/contract';
import type { BlindSpotSummary, ToldBlindSpot } from '@fill-tracker/db';
import { BLIND_CAUSES, type Instant } from '@fill-tracker/domain';

export function presentBlindSpot(spot: ToldBlindSpot): BlindSpot {
  return {
    id: spot.id,
    beganAt: timeText(spot.beganAt),
    endedAt: spot.endedAt === null ? null : timeText(spot.endedAt),
    cause: spot.cause,
    explanation: BLIND_CAUSES[spot.cause],
    also: [...spot.also],
    backfilledAt: spot.backfilledAt === null ? null : timeText(spot.backfilledAt),
    lateFills: spot.lateFills,
  };
}

export function presentBlindness({ open, lastDay, toBackfill }: BlindSpotSummary): Blindness {
  return {
    open: open && { beganAt: timeText(open.beganAt), cause: open.cause, explanation: BLIND_CAUSES[open.cause] },
    lastDay: { spots: lastDay.spots, totalMs: lastDay.totalMs },
    toBackfill,
  };
}

function timeText(at: Instant): string {
  return new Date(at).toISOString();
}
