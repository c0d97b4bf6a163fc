import type { Clock } from '../clock.ts';
import { LANES } from '../operation.ts';
import type { Lane } from '../operation.ts';
import { type AdaptiveLimit, lowered, recovered } from './adaptive-limit.ts';

const WINDOW_MS = 60_000;
const MAX_BURST = 10;
const FIRST_PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 60_000;

export interface BudgetState {
  /** The ceiling: requests in any 60 seconds. */
  readonly perMinute: number;
  /** What of it is allowed now: less for some minutes after a 429. */
  readonly allowedPerMinute: number;
  /** Requests let through in the last 60 seconds. */
  readonly usedLastMinute: number;
  /** Calls that queue for their turn, over all lanes. */
  readonly waiting: number;
  /** ms since epoch until which a 429 holds everything back; null when nothing does. */
  readonly pausedUntil: number | null;
}

/** No more than `count` requests in any `windowMs` milliseconds. */
export interface RateLimit {
  readonly count: number;
  readonly windowMs: number;
}

/**
 * Two limits over one log of past requests. The first is the promise: never more than `perMinute` in any 60 seconds,
 * wherever the window is laid. The second keeps bursts small: at most ten at once, at the same average rate.
 */
export function limitsFor(perMinute: number): readonly RateLimit[] {
  const burst = Math.min(MAX_BURST, perMinute);
  return [
    { count: perMinute, windowMs: WINDOW_MS },
    { count: burst, windowMs: Math.ceil((WINDOW_MS * burst) / perMinute) },
  ];
}

/** The first instant (ms) at which one more request breaks no limit; `grants` are the past ones, oldest first. */
function nextGrantAt(grants: readonly number[], limits: readonly RateLimit[], pausedUntil: number): number {
  return Math.max(pausedUntil, ...limits.map(({ count, windowMs }) => (grants.at(-count) ?? -Infinity) + windowMs));
}

interface Waiter {
  readonly grant: () => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * The request budget of one Schwab app, shared by every call of a client, retries included.
 *
 * Invariants: no limit of `limitsFor` is ever broken, and after a 429 none of a lowered one; a free slot goes to the first lane in order, first come first
 * served within it; every waiter settles (granted, aborted by its signal, or failed with the clock), once; one loop
 * serves all waiters, and sleeps only while somebody waits.
 */
export class TokenBucket {
  readonly #perMinute: number;
  #limit: AdaptiveLimit;
  readonly #clock: Clock;
  readonly #lanes: Readonly<Record<Lane, Waiter[]>> = { 'sign-in': [], command: [], fresh: [], rest: [] };
  #grants: number[] = [];
  #pausedUntil = -Infinity;
  #penalties = 0;
  #latestNow = -Infinity;
  #serving = false;
  #sleeping = new AbortController();

  /** @throws {RangeError} unless `requestsPerMinute` is a whole number of at least 1. */
  constructor(options: { readonly requestsPerMinute: number; readonly clock: Clock }) {
    if (!Number.isSafeInteger(options.requestsPerMinute) || options.requestsPerMinute < 1) {
      throw new RangeError('requestsPerMinute must be a whole number of at least 1');
    }
    this.#perMinute = options.requestsPerMinute;
    this.#limit = { perMinute: options.requestsPerMinute, changedAt: -Infinity };
    this.#clock = options.clock;
  }

  /** Resolves when a request may leave; rejects with the signal's reason when that aborts first. */
  acquire(lane: Lane, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const queue = this.#lanes[lane];
      const onAbort = () => {
        queue.splice(queue.indexOf(waiter), 1);
        if (this.#waiting() === 0) this.#sleeping.abort();
        reject(signal?.reason);
      };
      const settle = (then: () => void) => () => {
        signal?.removeEventListener('abort', onAbort);
        then();
      };
      const waiter: Waiter = { grant: settle(resolve), fail: (reason) => settle(() => reject(reason))() };
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(waiter);
      void this.#serve();
    });
  }

  /**
   * A 429 came: nothing leaves for as long as Schwab asked. When it did not say, two seconds, doubling with each 429
   * in a row up to a minute. Those that were under way when the pause began do not lengthen the row.
   */
  penalise(retryAfterMs: number | null): void {
    const now = this.#now();
    if (this.#pausedUntil <= now) {
      this.#penalties += 1;
      this.#limit = lowered(this.#limitAt(now), this.#perMinute, now);
    }
    const growing = Math.min(FIRST_PAUSE_MS * 2 ** (this.#penalties - 1), MAX_PAUSE_MS);
    // "Retry-After: 0" is no answer to "how long": taken at its word it would be a storm.
    const pause = retryAfterMs === null || retryAfterMs === 0 ? growing : retryAfterMs;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pause);
  }

  /** Another answer than a 429 came: the next pause starts small again. One that was under way when a pause began proves nothing. */
  forgive(): void {
    if (this.#pausedUntil <= this.#now()) this.#penalties = 0;
  }

  state(): BudgetState {
    const now = this.#now();
    return {
      perMinute: this.#perMinute,
      allowedPerMinute: this.#limitAt(now).perMinute,
      usedLastMinute: this.#grants.filter((time) => time > now - WINDOW_MS).length,
      waiting: this.#waiting(),
      pausedUntil: this.#pausedUntil > now ? this.#pausedUntil : null,
    };
  }

  /** Runs without yielding until it must sleep, so that a free slot is granted within `acquire` itself. */
  async #serve(): Promise<void> {
    if (this.#serving) return;
    this.#serving = true;
    try {
      while (this.#waiting() > 0) {
        const now = this.#now();
        const wait = nextGrantAt(this.#grants, limitsFor(this.#limitAt(now).perMinute), this.#pausedUntil) - now;
        if (wait > 0) await this.#sleep(wait);
        else this.#grant(now);
      }
    } catch (error) {
      // Only a broken clock comes here. Nobody may be left waiting for it.
      for (const lane of LANES) for (const waiter of this.#lanes[lane].splice(0)) waiter.fail(error);
    } finally {
      this.#serving = false;
    }
  }

  #grant(now: number): void {
    this.#grants = [...this.#grants.filter((time) => time > now - WINDOW_MS), now];
    const lane = LANES.find((name) => this.#lanes[name].length > 0);
    if (lane !== undefined) this.#lanes[lane].shift()?.grant();
  }

  async #sleep(ms: number): Promise<void> {
    this.#sleeping = new AbortController();
    const { signal } = this.#sleeping;
    try {
      await this.#clock.sleep(ms, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #limitAt(now: number): AdaptiveLimit {
    this.#limit = recovered(this.#limit, this.#perMinute, now);
    return this.#limit;
  }

  #waiting(): number {
    return LANES.reduce((sum, lane) => sum + this.#lanes[lane].length, 0);
  }

  /** When the wall clock is set back, the past moves back with it: else an hour's correction would be an hour's silence. */
  #now(): number {
    const now = this.#clock.now();
    const setBack = this.#latestNow - now;
    if (setBack > 0) {
      this.#grants = this.#grants.map((time) => time - setBack);
      this.#pausedUntil -= setBack;
      this.#limit = { ...this.#limit, changedAt: this.#limit.changedAt - setBack };
    }
    this.#latestNow = now;
    return now;
  }
}
