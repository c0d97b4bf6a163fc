/**
 * Knows when the tracker could not see. What it learns between two looks is kept in memory; what the next run needs,
 * the last good look and the spot that is open, is in the record.
 */
import type { CommitNotes, FillDatabase } from '@fill-tracker/db';
import {
  type BlindCause,
  type BlindFailure,
  type BlindSpot,
  blindSpotAt,
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
  /** The spot that is open, or that the look which is being recorded ends: what happened in it is found late. */
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
}

interface Judged {
  readonly look: Look;
  readonly spot: BlindSpot | null;
}

/** Operations whose failed tries keep a look from seeing. */
const OF_A_LOOK: ReadonlySet<string> = new Set(['list-orders', 'list-accounts', 'refresh-token']);
/** Enough to name every cause; an outage of hours has one failure after the other. */
const MOST_FAILURES = 50;

export function createBlindWatch({ db, events, onSeeing }: BlindWatchParts): BlindWatch {
  const catchUp = createCatchUp();
  let isRecalled = false;
  let last: GoodLook | null = null;
  let open: BlindSpot | null = null;
  let failures: BlindFailure[] = [];
  let judged: Judged | null = null;
  let spotsEnded = 0;
  let isLooking = false;

  function add(at: Instant, cause: BlindCause, isFinal: boolean): void {
    const isNew = !failures.some((each) => each.cause === cause && (each.isFinal || !isFinal));
    if (isNew && failures.length < MOST_FAILURES) failures.push({ at, cause, isFinal });
  }

  function begin(spot: BlindSpot): void {
    if (open === null) events.blindSpotBegan({ beganAt: spot.beganAt, cause: spot.cause });
    open = spot;
  }

  function end(spot: BlindSpot, endedAt: Instant): void {
    open = null;
    spotsEnded += 1;
    catchUp.begin();
    onSeeing(endedAt);
    events.blindSpotEnded({ ...spot, endedAt });
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
      isRecalled = true;
    },
    judge(look) {
      const isGood = look.failure === null;
      const met: BlindFailure[] = look.failure === null ? [] : [finalFailure(look.at, look.failure)];
      const spot = blindSpotAt({ last, open, failures: [...failures, ...met], now: look.at, isGood });
      judged = { look, spot };
      const isNews = spot !== null && (open === null || isGood || spot.also.length > open.also.length);
      return { lastLookAt: isGood ? look.at : null, ...(isNews && { blindSpots: [spot] }) };
    },
    settle() {
      if (judged === null) return;
      const { look, spot } = judged;
      judged = null;
      isLooking = false;
      if (look.failure !== null) {
        add(look.at, blindCauseOfKind(look.failure), true);
        if (spot !== null) begin(spot);
        return;
      }
      if (spot !== null) end(spot, look.at);
      failures = [];
      // Until the loop announces its rest, nothing was promised.
      last = { at: look.at, rest: { from: look.at, until: null, isByChoice: false, isPaused: false } };
    },
    current: () => judged?.spot ?? open,
    rests(decision, now) {
      if (last === null || last.rest === null) return null;
      const isByChoice = decision.reason === 'closed-by-choice';
      last = {
        at: last.at,
        rest: { from: now, until: decision.at, isByChoice, isPaused: decision.reason === 'rate-limited' },
      };
      return isByChoice && open === null
        ? { beganAt: last.at, endedAt: null, cause: 'closed-by-choice', also: [] }
        : null;
    },
    opened: begin,
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
