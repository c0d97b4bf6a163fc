import type { Blindness, BlindSpot } from '@fill-tracker/contract';
import { causeText } from '../../lib/blind-cause-words.ts';
import { latencyText, marketClock } from '../../lib/time-text.ts';

export const DAY_MS = 86_400_000;

/** What a spot on the line needs; one that nobody wrote down has no id. */
export type SpotOnLine = Pick<BlindSpot, 'beganAt' | 'endedAt' | 'cause'>;

/** The spots that reach into the last 24 hours, the one of now included. */
export function spotsOfDay(spots: readonly BlindSpot[], open: Blindness['open'], now: string): readonly SpotOnLine[] {
  const since = Date.parse(now) - DAY_MS;
  const ofDay = spots.filter(({ endedAt }) => endedAt !== null && Date.parse(endedAt) > since);
  return open === null ? ofDay : [{ ...open, endedAt: null }, ...ofDay];
}

/** Where a spot lies on the line of the last 24 hours, which ends now. */
export function placeInDay({ beganAt, endedAt }: SpotOnLine, now: string): { left: string; width: string } {
  const end = Date.parse(now);
  const from = Math.min(Math.max(Date.parse(beganAt), end - DAY_MS), end);
  const to = Math.min(endedAt === null ? end : Date.parse(endedAt), end);
  return { left: percent((from - (end - DAY_MS)) / DAY_MS), width: percent(Math.max(0, to - from) / DAY_MS) };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

/** How long a spot lasted, or lasts already, ms. */
export function lengthOfSpot({ beganAt, endedAt }: SpotOnLine, now: string): number {
  return Math.max(0, Date.parse(endedAt ?? now) - Date.parse(beganAt));
}

/** `09:30:00 to 09:30:30 ET, 30 s: the broker could not be reached`. */
export function blindSpotSentence(spot: SpotOnLine, now: string): string {
  const until = spot.endedAt === null ? 'now' : marketClock(spot.endedAt);
  return `${marketClock(spot.beganAt)} to ${until} ET, ${latencyText(lengthOfSpot(spot, now))}: ${causeText(spot.cause)}`;
}
