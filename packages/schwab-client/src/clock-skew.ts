/** One answer that carried Schwab's clock. All times in ms since epoch. */
export interface ClockSample {
  /** Our clock, just before the request left. */
  readonly requestedAt: number;
  /** Our clock, once the answer had come. */
  readonly respondedAt: number;
  /** Schwab's clock in between (`Date` header), cut off to whole seconds. */
  readonly serverDate: number;
}

/** How far our clock is from Schwab's. */
export interface ClockSkew {
  /** Our clock less Schwab's, ms: above 0 when ours is ahead. */
  readonly aheadMs: number;
  /** The truth lies at most this far to either side, ms. */
  readonly uncertaintyMs: number;
}

/** A `Date` header says the second that has begun, not how much of it is over. */
const HEADER_STEP_MS = 1_000;
/** A clock may be set, or drift: what was measured long ago says nothing. */
const SAMPLES_KEPT = 32;
const SAMPLE_LIFE_MS = 10 * 60_000;

/**
 * Where the truth must lie. Schwab read its clock at some moment between our two readings, and the header names the
 * second that moment fell into, so each answer bounds the skew from both sides; all answers together bound it closer
 * than any one of them. From the newest back: the first that contradicts the newer ones was measured before a clock
 * was set, and ends the walk.
 *
 * @param samples oldest first
 * @returns null without a sample that can be used
 */
export function estimateClockSkew(samples: readonly ClockSample[]): ClockSkew | null {
  let [low, high] = [-Infinity, Infinity];
  for (const { requestedAt, respondedAt, serverDate } of samples.toReversed()) {
    const nextLow = Math.max(low, requestedAt - serverDate - HEADER_STEP_MS);
    const nextHigh = Math.min(high, respondedAt - serverDate);
    if (nextLow > nextHigh) break;
    [low, high] = [nextLow, nextHigh];
  }
  if (!Number.isFinite(low)) return null;
  return { aheadMs: Math.round((low + high) / 2), uncertaintyMs: Math.ceil((high - low) / 2) };
}

/** Remembers the last answers' clocks. */
export interface ClockComparison {
  readonly note: (sample: ClockSample) => void;
  /** Null before the first answer that carried a clock, and long after the last. */
  readonly skew: (now: number) => ClockSkew | null;
}

export function createClockComparison(): ClockComparison {
  let samples: readonly ClockSample[] = [];
  return {
    note(sample) {
      // Our clock was set back while the request was under way.
      if (sample.respondedAt < sample.requestedAt) return;
      samples = [...samples, sample].slice(-SAMPLES_KEPT);
    },
    skew: (now) => estimateClockSkew(samples.filter(({ respondedAt }) => Math.abs(now - respondedAt) < SAMPLE_LIFE_MS)),
  };
}
