/**
 * Knows when the tracker could not see. What it learns between two looks is kept in memory; what the next run needs,
 * the last good look and the spot that is open, is in the record.
 */
import type { CommitNotes, FillDatabase } from '@fill-tracker/db';
import {
  type FailureCause,
  type BlindFailure,
  type BlindSpot,
  blindSpotsAt,
  type GoodLook,
  type Instant,
  type PollDecision,
} from '@fill-tracker/domain';
import type { SchwabErrorKind } from '@fill-tracker/schwab-client';
import type { PollerEvents } from '../events.ts';
import { blindCauseOfError, blindCauseOfKind } from './blind-cause-of.ts';
import { type CatchUp, createCatchUp } from './catch-up.ts';

/** A look as it bears on sight. */
export interface Look {
  /** When its list was asked for; of a look that failed, when it did. */
  readonly at: Instant;
  /** Why there is no list; null when it came. */
  readonly failure: SchwabErrorKind | null;
}

/** What a look means for sight, to be written with it. */
export interface LookNotes extends Pick<CommitNotes, 'blindSpots'> {
  /** Null when the look was not good. */
  readonly lastLookAt: Instant | null;
}

export interface BlindWatch {
  /** How it learns of tries that failed within a look. */
  readonly hears: Partial<PollerEvents>;
  readonly catchUp: CatchUp;
  /** A new run: what an earlier one saw is in the record. */
  begin(): void;
  /** A look begins. Reads what the record holds, once in a run. */
  beginLook(): Promise<void>;
  /** What a look means; nothing is taken for granted until `settle`. May be asked twice of one look. */
  judge(look: Look): LookNotes;
  /** The look that was judged is in the record. */
  settle(): void;
  /**
   * The spot that is open, or that the look which is being recorded ends: what happened in it is found late. It reaches
   * back to the last good look, also over a rest by choice that came before it.
   */
  current(): BlindSpot | null;
  /** What the loop announced. @returns a spot to be written when that is a blindness by choice; else null */
  rests(decision: PollDecision, now: Instant): BlindSpot | null;
  /** The spot of a rest by choice is in the record. */
  opened(spot: BlindSpot): void;
  /** The loop itself failed, or its database did. */
  failed(error: unknown, now: Instant): void;
  /** Up to when everything was seen in this run; null before its first good look. */
  lastLookAt(): Instant | null;
  /** How often a blind spot ended in this run: work for the back-fill. */
  spotsEnded(): number;
}

export interface BlindWatchParts {
  readonly db: Pick<FillDatabase, 'readLease' | 'lastCompleteCycleAt' | 'openBlindSpot'>;
  readonly events: Pick<PollerEvents, 'blindSpotBegan' | 'blindSpotEnded'>;
  /** Told when sight comes back, before the first look with sight is over. */
  readonly onSeeing: (endedAt: Instant) => void;
  /** When a rest by choice was to end that an earlier run began with a look at this instant; null when nobody knows. */
  readonly choiceEndsAt: (beganAt: Instant) => Instant | null;
}

interface Judged {
  readonly look: Look;
  /** As they are to be written, in the order of time. */
  readonly spots: readonly BlindSpot[];
}

/** Operations whose failed tries keep a look from seeing. */
const OF_A_LOOK: ReadonlySet<string> = new Set(['list-orders', 'list-accounts', 'refresh-token']);
/** Enough to name every cause; an outage of hours has one failure after the other. */
const MOST_FAILURES = 50;

export function createBlindWatch({ db, events, onSeeing, choiceEndsAt }: BlindWatchParts): BlindWatch {
  const catchUp = createCatchUp();
  let isRecalled = false;
  let last: GoodLook | null = null;
  let open: BlindSpot | null = null;
  let bell: Instant | null = null;
  let failures: BlindFailure[] = [];
  let judged: Judged | null = null;
  let spotsEnded = 0;
  let isLooking = false;

  function add(at: Instant, cause: FailureCause, isFinal: boolean): void {
    const isNew = !failures.some((each) => each.cause === cause && (each.isFinal || !isFinal));
    if (isNew && failures.length < MOST_FAILURES) failures.push({ at, cause, isFinal });
  }

  function opened(spot: BlindSpot): void {
    if (open === null) events.blindSpotBegan({ beganAt: spot.beganAt, cause: spot.cause });
    open = spot;
  }

  function ended(spot: BlindSpot, endedAt: Instant): void {
    open = null;
    spotsEnded += 1;
    events.blindSpotEnded({ ...spot, endedAt });
  }

  /** After a rest by choice another spot begins: what went wrong in the rest says nothing about that one. */
  function take(spots: readonly BlindSpot[]): void {
    for (const spot of spots) {
      const { endedAt } = spot;
      if (endedAt === null) opened(spot);
      else {
        ended(spot, endedAt);
        failures = failures.filter(({ at }) => at >= endedAt);
      }
    }
  }

  return {
    hears: {
      brokerAttempted: ({ operation, outcome, startedAt }) => {
        if (outcome === 'ok' || outcome === 'aborted' || !OF_A_LOOK.has(operation)) return;
        add(startedAt, blindCauseOfKind(outcome), false);
      },
    },
    catchUp,
    begin() {
      isRecalled = false;
      failures = [];
      judged = null;
      catchUp.begin();
    },
    async beginLook() {
      isLooking = true;
      if (isRecalled) return;
      const at = (await db.readLease()).lastLookAt ?? (await db.lastCompleteCycleAt());
      last = at === null ? null : { at, rest: null };
      open = await db.openBlindSpot();
      bell = open?.cause === 'closed-by-choice' ? choiceEndsAt(open.beganAt) : null;
      isRecalled = true;
    },
    judge(look) {
      const isGood = look.failure === null;
      const met: BlindFailure[] = look.failure === null ? [] : [finalFailure(look.at, look.failure)];
      const known = [...failures, ...met];
      const spots = blindSpotsAt({ last, open, failures: known, choiceEndsAt: bell, now: look.at, isGood });
      judged = { look, spots };
      const isChanged = ({ endedAt, also }: BlindSpot) => endedAt !== null || also.length > (open?.also.length ?? -1);
      return { lastLookAt: isGood ? look.at : null, ...(spots.some(isChanged) && { blindSpots: spots }) };
    },
    settle() {
      if (judged === null) return;
      const { look, spots } = judged;
      judged = null;
      isLooking = false;
      if (look.failure !== null) {
        add(look.at, blindCauseOfKind(look.failure), true);
        take(spots);
        return;
      }
      if (spots.length > 0) {
        catchUp.begin();
        onSeeing(look.at);
      }
      take(spots);
      failures = [];
      bell = null;
      // Until the loop announces its rest, nothing was promised.
      last = { at: look.at, rest: { from: look.at, until: null, isByChoice: false, isPaused: false } };
    },
    current() {
      const spot = judged?.spots.at(-1) ?? open;
      return spot && { ...spot, beganAt: Math.min(spot.beganAt, last?.at ?? spot.beganAt) };
    },
    rests(decision, now) {
      if (last === null || last.rest === null) return null;
      const isByChoice = decision.reason === 'closed-by-choice';
      last = {
        at: last.at,
        rest: { from: now, until: decision.at, isByChoice, isPaused: decision.reason === 'rate-limited' },
      };
      if (!isByChoice || open !== null) return null;
      bell = decision.at;
      return { beganAt: last.at, endedAt: null, cause: 'closed-by-choice', also: [] };
    },
    opened,
    failed(error, now) {
      judged = null;
      // Between looks it may cost nothing but a little time.
      add(now, blindCauseOfError(error), isLooking);
      isLooking = false;
    },
    lastLookAt: () => (last === null || last.rest === null ? null : last.at),
    spotsEnded: () => spotsEnded,
  };
}

function finalFailure(at: Instant, kind: SchwabErrorKind): BlindFailure {
  return { at, cause: blindCauseOfKind(kind), isFinal: true };
}
