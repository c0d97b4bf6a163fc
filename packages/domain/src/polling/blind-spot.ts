/**
 * Blind spots: the intervals in which the tracker could not see what happened at the broker.
 *
 * A look is good when the list came: it shows all that happened until it was asked for. From one good look to the next
 * the tracker relies on having looked when it said it would. It was blind in between when another run of a poller had
 * the last good look, when a look failed, when polling was off by choice, or when the look came much later than
 * announced. A blind spot lasts from the last good look, for nobody knows when sight was lost, until the next one.
 *
 * What failed first is its cause. It stays the cause when more goes wrong meanwhile, and across runs: a broker that
 * fails, a poller that is killed over it and the next one that starts are one spot.
 *
 * Polling that is off by choice is the exception: it is meant to end at a bell. Blindness that goes on after it is a
 * spot of its own, for nobody chose it.
 */
import { type Instant, SECOND } from '../instant.ts';
import type { BlindCause, FailureCause } from './blind-cause.ts';

export interface BlindSpot {
  /** The last good look. */
  readonly beganAt: Instant;
  /** The next good look; null while there was none. */
  readonly endedAt: Instant | null;
  readonly cause: BlindCause;
  /** What else went wrong while it lasted, in the order of first appearance. */
  readonly also: readonly BlindCause[];
}

/** What the loop announced after a look. */
export interface AnnouncedRest {
  readonly from: Instant;
  /** When it will look next; null when nothing but a command makes it look. */
  readonly until: Instant | null;
  /** Polling is off by choice until then. */
  readonly isByChoice: boolean;
  /** The broker asked for silence until then. */
  readonly isPaused: boolean;
}

export interface GoodLook {
  /** When its list was asked for: all that happened until then was seen. */
  readonly at: Instant;
  /** Null for a look of another run: whatever it announced, nobody kept it. */
  readonly rest: AnnouncedRest | null;
}

/** Something that went wrong since the last good look. */
export interface BlindFailure {
  readonly at: Instant;
  readonly cause: FailureCause;
  /** True when a whole look failed over it; false when a further try of the same look went well. */
  readonly isFinal: boolean;
}

export interface BlindFacts {
  /** The last good look; null when there never was one. */
  readonly last: GoodLook | null;
  /** The spot that was open before this look. */
  readonly open: BlindSpot | null;
  /** Since the last good look, oldest first. */
  readonly failures: readonly BlindFailure[];
  /** When the rest by choice under way was to end; null when there is none, or nobody knows. */
  readonly choiceEndsAt: Instant | null;
  /** When the list of this look was asked for; of a look that failed, when it did. */
  readonly now: Instant;
  readonly isGood: boolean;
}

/** A look that needed more than one try may come this much later than announced before that counts as blindness. */
const TRIES_MS = SECOND;
/** A look that comes later than announced by more was overrun, whatever held it up. Cycles take a second, mostly. */
const OVERRUN_MS = 10 * SECOND;

/**
 * The blind spots that this look ends, or leaves open, in the order of time; none when the tracker saw everything. Two
 * when blindness went on after a rest by choice: the first is over, the second begins where it ended.
 */
export function blindSpotsAt(facts: BlindFacts): readonly BlindSpot[] {
  const { last, failures, choiceEndsAt: bell, now } = facts;
  const spot = blindSpotAt(facts);
  if (spot === null) return [];
  if (spot.cause !== 'closed-by-choice' || bell === null || bell < spot.beganAt || now <= bell) return [spot];
  // As if a look had been good at the bell, in this run or in the one that had the last look.
  const rest = last?.rest && { from: bell, until: bell, isByChoice: false, isPaused: false };
  const since = failures.filter(({ at }) => at >= bell);
  const outage = blindSpotAt({ ...facts, open: null, last: { at: bell, rest: rest ?? null }, failures: since });
  if (outage === null) return [spot];
  const chosen = blindSpotAt({ ...facts, failures: failures.filter(({ at }) => at < bell) }) ?? spot;
  return [{ ...chosen, endedAt: bell }, outage];
}

/**
 * The blind spot as one, whatever was chosen; null when the tracker saw everything.
 *
 * Should the clock have been set back meanwhile, the spot has no length: what it kept out of sight is unknown, and a
 * spot that ends before it begins would be none.
 */
function blindSpotAt(facts: BlindFacts): BlindSpot | null {
  const { open, last, failures, now, isGood } = facts;
  const cause = open?.cause ?? causeOf(facts);
  if (cause === null) return null;
  const met = [...(open?.also ?? []), ...(last?.rest === null ? (['poller-down'] as const) : [])];
  const also = new Set([...met, ...failures.map((failure) => failure.cause)]);
  also.delete(cause);
  const beganAt = Math.min(open?.beganAt ?? last?.at ?? failures[0]?.at ?? now, now);
  return { beganAt, endedAt: isGood ? now : null, cause, also: [...also] };
}

function causeOf(facts: BlindFacts): BlindCause | null {
  const { last, failures } = facts;
  if (last?.rest === null) return 'poller-down';
  if (last?.rest.isByChoice === true) return 'closed-by-choice';
  // A silence that the broker asked for over any call is kept by looks too, and is announced like every rest.
  if (last?.rest.isPaused === true && facts.now - last.at > OVERRUN_MS) return 'rate-limited';
  const lateMs = latenessOf(facts);
  const isLost = failures.some(({ isFinal }) => isFinal) || lateMs.sinceAnnounced > TRIES_MS;
  if (isLost && failures[0] !== undefined) return failures[0].cause;
  return lateMs.unplanned > OVERRUN_MS ? 'overrun' : null;
}

/** How much later than announced the look came, in ms; `unplanned` counts the time that the last cycle took too. */
function latenessOf({ last, now }: BlindFacts): { readonly sinceAnnounced: number; readonly unplanned: number } {
  const rest = last?.rest ?? null;
  if (last === null || rest === null) return { sinceAnnounced: 0, unplanned: 0 };
  const sinceAnnounced = rest.until === null ? 0 : Math.max(0, now - Math.max(rest.until, rest.from));
  return { sinceAnnounced, unplanned: Math.max(0, rest.from - last.at) + sinceAnnounced };
}
