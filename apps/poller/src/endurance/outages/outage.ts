import type { FaultInput } from '@fill-tracker/schwab-simulator';

/** Ways in which a broker is of no use for a while. */
export type OutageKind = 'refused' | 'status-500' | 'too-many-requests' | 'unauthorized';

export interface Outage {
  readonly kind: OutageKind;
  /** For people. */
  readonly what: string;
  /** Null when nobody answers at all. */
  readonly faults: readonly FaultInput[] | null;
  /** The longest from its end to the first complete cycle, ms. */
  readonly resumesWithinMs: number;
  /** An outage that lasts so long is told, ms. */
  readonly alarmsWithinMs: number;
}

/** The longest rest after failed cycles, the breaker's longest pause, and the calls themselves. */
const AFTER_BACKOFF_MS = 15_000 + 5_000 + 5_000;
/** Three cycles in a row, or half a minute of trouble; and the next look of who watches. */
const USUAL_ALARM_MS = 45_000;

export const OUTAGES: readonly Outage[] = [
  {
    kind: 'refused',
    what: 'every connection is refused',
    faults: null,
    resumesWithinMs: AFTER_BACKOFF_MS,
    alarmsWithinMs: USUAL_ALARM_MS,
  },
  {
    kind: 'status-500',
    what: 'every call is answered 500, token refreshes too',
    faults: [{ kind: 'status-500' }],
    resumesWithinMs: AFTER_BACKOFF_MS,
    alarmsWithinMs: USUAL_ALARM_MS,
  },
  {
    kind: 'too-many-requests',
    what: 'every call is answered 429, without a word on how long',
    faults: [{ kind: 'rate-limit-without-retry-after' }],
    // The pause doubles with each 429, up to a minute; then one more cycle.
    resumesWithinMs: 60_000 + 15_000,
    // Schwab counts by the minute: a pause within one is no news.
    alarmsWithinMs: 180_000,
  },
  {
    kind: 'unauthorized',
    what: 'every call is answered 401 although its token is good; tokens are still to be had',
    faults: [{ kind: 'unauthorized', path: '^/(trader|marketdata)/' }],
    resumesWithinMs: AFTER_BACKOFF_MS,
    alarmsWithinMs: USUAL_ALARM_MS,
  },
];
