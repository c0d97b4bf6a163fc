import { BLIND_CAUSES } from '@fill-tracker/domain';
import type { BlindSpotSummary, ToldBlindSpot } from '../blind-spots.ts';
import { instantText, instantTextOrNull } from '../rows/instant-text.ts';

export function presentBlindSpot(spot: ToldBlindSpot) {
  return {
    id: spot.id,
    beganAt: instantText(spot.beganAt),
    endedAt: instantTextOrNull(spot.endedAt),
    cause: spot.cause,
    explanation: BLIND_CAUSES[spot.cause],
    also: [...spot.also],
    backfilledAt: instantTextOrNull(spot.backfilledAt),
    lateFills: spot.lateFills,
  };
}

export function presentBlindness({ open, lastDay, toBackfill }: BlindSpotSummary) {
  return {
    open: open && { beganAt: instantText(open.beganAt), cause: open.cause, explanation: BLIND_CAUSES[open.cause] },
    lastDay: { spots: lastDay.spots, totalMs: lastDay.totalMs },
    toBackfill,
  };
}
