import type { FillDatabase } from '@fill-tracker/db';
import { type Instant, SECOND } from '@fill-tracker/domain';
import { type Clock, linkedSignal, type SchwabClient } from '@fill-tracker/schwab-client';
import type { PollerEvents } from '../events.ts';
import { type SignInThreshold, signInWarning } from './sign-in-warning.ts';

const LOOK_EVERY_MS = 30 * SECOND;

/** Tells in time that somebody has to sign in, and when somebody did. */
export interface SignInWatch {
  /** How it learns that Schwab refuses the tokens, and that it takes them again. */
  readonly hears: Partial<PollerEvents>;
  /** Looks once, and tells what is new. */
  look(): Promise<void>;
  /** Looks every so often, and at once when Schwab refuses the tokens. Never rejects. */
  watch(signal: AbortSignal): Promise<void>;
}

export interface SignInWatchParts {
  readonly db: Pick<FillDatabase, 'countOrders'>;
  readonly client: Pick<SchwabClient, 'signInTimes'>;
  readonly clock: Clock;
  readonly events: Pick<PollerEvents, 'signInEnding' | 'signInNeeded' | 'signedIn' | 'loopFailed'>;
  /** False for the demo, whose tokens never end. */
  readonly warnsAhead: boolean;
}

/** What was told of the sign-in that is in the store. */
interface Told {
  /** Null when nobody signed in. */
  readonly signedInAt: Instant | null;
  threshold: SignInThreshold | null;
  isNeeded: boolean;
}

/**
 * Each warning is told once per sign-in and process: a poller that starts again says once more where it stands.
 */
export function createSignInWatch({ db, client, clock, events, warnsAhead }: SignInWatchParts): SignInWatch {
  let told: Told | null = null;
  let isRefused = false;
  let wake = new AbortController();

  /** The notes about the sign-in that is in the store now; new ones when somebody signed in since. */
  function notesOn(times: { signedInAt: Instant; refreshTokenExpiresAt: Instant } | null): Told {
    const signedInAt = times?.signedInAt ?? null;
    if (told?.signedInAt === signedInAt) return told;
    const isNew = told !== null && times !== null;
    told = { signedInAt, threshold: null, isNeeded: false };
    if (isNew) {
      isRefused = false;
      events.signedIn({ signedInAt: times.signedInAt, endsAt: times.refreshTokenExpiresAt });
    }
    return told;
  }

  async function look(): Promise<void> {
    const times = await client.signInTimes();
    const notes = notesOn(times);
    const endsAt = times?.refreshTokenExpiresAt ?? null;
    const threshold = warnsAhead && endsAt !== null ? signInWarning(endsAt, clock.now(), notes.threshold) : null;
    const isNeededNow = isRefused && !notes.isNeeded;
    if (threshold === null && !isNeededNow) return;
    const { pending: workingOrders } = await db.countOrders();
    if (threshold !== null && endsAt !== null) {
      notes.threshold = threshold;
      events.signInEnding({ threshold, endsAt, workingOrders });
    }
    if (isNeededNow) {
      notes.isNeeded = true;
      events.signInNeeded({ signedInAt: notes.signedInAt, workingOrders });
    }
  }

  return {
    hears: {
      brokerCallFailed: ({ kind }) => {
        if (kind !== 'sign-in-needed') return;
        isRefused = true;
        wake.abort();
      },
      cycleEnded: ({ summary: { outcome } }) => {
        if (outcome !== 'complete') return;
        // Tokens that Schwab called dead have worked again without a sign-in: the next end is news again.
        isRefused = false;
        if (told !== null) told.isNeeded = false;
      },
    },
    look,
    async watch(signal) {
      while (!signal.aborted) {
        await look().catch((error: unknown) => events.loopFailed({ error }));
        using ended = linkedSignal([signal, wake.signal]);
        await clock.sleep(LOOK_EVERY_MS, ended.signal).catch(() => undefined);
        if (wake.signal.aborted) wake = new AbortController();
      }
    },
  };
}
