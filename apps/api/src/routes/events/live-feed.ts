/**
 * Tells open streams that something is new. One timer reads the number of the newest audit entry for all of them, and
 * the poller's health at every beat; each stream then reads what it has not sent. It runs only while somebody listens.
 */
import type { HealthEvent } from '@fill-tracker/contract';
import type { FillDatabase } from '@fill-tracker/db';
import { type Instant, SECOND } from '@fill-tracker/domain';
import { linkedSignal } from '@fill-tracker/schwab-client';
import type { Context } from '../../app.ts';
import { readPollerFacts } from '../poller/index.ts';
import { presentHealth } from '../poller/present-poller.ts';

/** How soon after a commit its events go out, at most. */
const LOOK_EVERY_MS = 200;
const BEAT_EVERY_MS = 5 * SECOND;

export interface FeedState {
  /** Null while there is no record to read. */
  readonly lastSeq: number | null;
  /** Counts up every few seconds. */
  readonly beat: number;
  readonly health: HealthEvent | null;
}

export interface LiveFeed {
  /** Starts looking, when nobody else listens yet; the first state is fresh. */
  readonly join: () => Promise<void>;
  readonly leave: () => void;
  readonly state: () => FeedState;
  /** Ends when the state is no longer the given one, or the signal aborts. */
  readonly changeFrom: (state: FeedState, signal: AbortSignal) => Promise<void>;
}

export function createLiveFeed({ record, config, clock, stopping }: Context): LiveFeed {
  let state: FeedState = { lastSeq: null, beat: 0, health: null };
  let beatAt: Instant = -Infinity;
  let listeners = 0;
  let rest = new AbortController();
  const waiting = new Set<() => void>();

  const look = async (): Promise<void> => {
    const db = tryTo(record);
    const isBeat = clock.now() - beatAt >= BEAT_EVERY_MS;
    const lastSeq = db && (await db.lastAuditSeq().catch(() => null));
    if (!isBeat && lastSeq === state.lastSeq) return;
    if (isBeat) beatAt = clock.now();
    const health = isBeat ? db && (await healthOf(db).catch(() => null)) : state.health;
    state = { lastSeq, beat: state.beat + (isBeat ? 1 : 0), health };
    for (const wake of waiting) wake();
  };
  const healthOf = async (db: FillDatabase): Promise<HealthEvent> =>
    presentHealth(await readPollerFacts(db), config, clock.now());
  const lookOn = async (left: AbortSignal): Promise<void> => {
    using ended = linkedSignal([left, stopping]);
    while (!ended.signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, ended.signal);
      if (!ended.signal.aborted) await look();
    }
  };

  return {
    state: () => state,
    async join() {
      listeners += 1;
      // Before the first look, which takes its time: others may join meanwhile, or all may leave.
      if (listeners === 1) {
        rest = new AbortController();
        void lookOn(rest.signal);
      }
      await look();
    },
    leave() {
      listeners -= 1;
      if (listeners === 0) rest.abort();
    },
    async changeFrom(known, signal) {
      if (state !== known || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
  };
}

function tryTo(record: () => FillDatabase): FillDatabase | null {
  try {
    return record();
  } catch {
    return null;
  }
}
